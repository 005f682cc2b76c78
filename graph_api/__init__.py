"""A knowledge graph behind GraphQL: an ontology declared once, a compiler to Cypher, two engines.

Nothing here knows what a graph is about; that is the business of the ontology named by the setting
``ontology`` (``schema:ontology`` by default).
"""

__version__ = "0.1.0"
