"""Names of the generated GraphQL types. Every other module asks here."""

from __future__ import annotations

from graph_api.ontology.model import NodeType, Relation
from graph_api.ontology.names import pascal_case


def connection_name(owner: NodeType | Relation) -> str:
    """``FilmConnection`` for a kind, ``FilmCastConnection`` for a relation."""
    return f"{_stem(owner)}Connection"


def edge_name(owner: NodeType | Relation) -> str:
    """``FilmEdge`` or ``FilmCastEdge``."""
    return f"{_stem(owner)}Edge"


def where_name(owner: NodeType | Relation) -> str:
    """``FilmWhere``; for a relation ``FilmCastWhere``, or one shared by plain links."""
    return f"{_input_stem(owner)}Where"


def order_name(owner: NodeType | Relation) -> str:
    """``FilmOrder``; for a relation ``FilmCastOrder``, or one shared by plain links."""
    return f"{_input_stem(owner)}Order"


def axis_name(kind: NodeType) -> str:
    """``FilmAxis``."""
    return f"{kind.name}Axis"


def relation_name(relation: Relation) -> str:
    """``FilmCastRelation``, or one shared by plain links."""
    return f"{_input_stem(relation)}Relation"


def has_own_inputs(relation: Relation) -> bool:
    """Whether the edge has properties of its own to filter by; plain links to a kind share inputs.

    So do transitive relations to a kind, apart from the links: a way of many edges has no properties.
    """
    own = (found for found in relation.edge.properties if found.name not in ("key", "synthetic", "sources"))
    return not relation.transitive and any(own)


def _stem(owner: NodeType | Relation) -> str:
    return owner.name if isinstance(owner, NodeType) else owner.owner + pascal_case(owner.end.field)


def _input_stem(owner: NodeType | Relation) -> str:
    if isinstance(owner, NodeType) or has_own_inputs(owner):
        return _stem(owner)
    return f"{owner.target}Reach" if owner.transitive else f"{owner.target}Link"
