"""The peer: a GraphQL server made with npm @neo4j/graphql, on the same database."""
