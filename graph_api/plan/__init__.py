"""From a GraphQL operation to a plan: what to fetch, in terms of the ontology, before any Cypher."""
