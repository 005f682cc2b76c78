"""From the ontology to the GraphQL schema: object types, connections, filters, orders."""

from graph_api.api_types.build import ApiSchema, build_schema

__all__ = ["ApiSchema", "build_schema"]
