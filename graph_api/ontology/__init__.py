"""What exists: kinds of nodes and edges, declared once as Python classes, resolved once."""

from graph_api.ontology.declare import (
    Edge,
    Hierarchy,
    Node,
    derived,
    many,
    one,
    prop,
)
from graph_api.ontology.model import Ontology
from graph_api.ontology.partial_date import PartialDate, Precision
from graph_api.ontology.resolve import resolve

__all__ = [
    "Edge",
    "Hierarchy",
    "Node",
    "Ontology",
    "PartialDate",
    "Precision",
    "derived",
    "many",
    "one",
    "prop",
    "resolve",
]
