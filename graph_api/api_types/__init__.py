"""From the ontology to the GraphQL schema: object types, connections, filters, orders."""

from graph_api.api_types.build import ApiSchema, OwnTypes, build_schema, generated_type, together

__all__ = ["ApiSchema", "OwnTypes", "build_schema", "generated_type", "together"]
