"""A second answer to every operation: the graph as plain dictionaries, and no query language.

It shares the ontology with the server and nothing of planning, Cypher or shaping: graphql-core executes
the operation over lists in memory, by the words of the schema's descriptions.
"""
