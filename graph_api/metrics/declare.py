"""Which part of the graph, the mesh, is measured where nobody names another: declared, then looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph_api.errors import InvalidOntologyError
from graph_api.neighborhoods.reading import walked_edges, walked_kinds
from graph_api.ontology.declare import Edge, Node
from graph_api.ontology.model import NodeType, Ontology
from graph_api.plan.computed import FIELD

AnyEdge = type[Edge[Any, Any]]


@dataclass(frozen=True, slots=True)
class MeasuredDeclaration:
    """What a domain declares: the kinds and edges of its mesh, and what they are called in the API.

    By an edge of ``groups`` its source belongs to the group that it leads to. Lists of the kinds ``listed``
    can be filtered and ordered by metrics.
    """

    field: str
    type_name: str
    kinds: tuple[type[Node], ...]
    edges: tuple[AnyEdge, ...]
    groups: AnyEdge
    listed: tuple[type[Node], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mesh is made of: nodes of these kinds, and edges of these types that hold on the day."""

    kinds: frozenset[str]
    relations: frozenset[str]
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The declaration looked up in an ontology."""

    ontology: Ontology
    field: str
    type_name: str
    kinds: tuple[NodeType, ...]
    relations: tuple[str, ...]
    groups: str
    listed: tuple[NodeType, ...]

    @property
    def where_name(self) -> str:
        """The name of the filter by metrics."""
        return f"{self.type_name}Where"

    @property
    def order_name(self) -> str:
        """The name of the order by metrics."""
        return f"{self.type_name}Order"

    def choice(
        self, kinds: frozenset[str] | None, relations: frozenset[str] | None, day: str | None
    ) -> Choice:
        """The mesh that is asked for: the declared one, unless kinds or types of edges are named.

        Where only kinds are named, all edges between them count; where only edges are, all kinds at their
        ends.
        """
        edges = walked_edges(self.ontology)
        if kinds is None and relations is None:
            return Choice(frozenset(kind.name for kind in self.kinds), frozenset(self.relations), day)
        if relations is None:
            relations = frozenset(edge.type for edge in edges)
        if kinds is None:
            ends = {end for edge in edges if edge.type in relations for end in (edge.source, edge.target)}
            kinds = frozenset(name for end in ends for name in self.ontology.node(end).concrete)
        return Choice(kinds, relations, day)


def measured_of(declared: MeasuredDeclaration, ontology: Ontology) -> Measured:
    """Look a declaration up; raises ``InvalidOntologyError`` with everything that is not there."""
    clashes = list(_clashes(declared, ontology))
    if clashes:
        raise InvalidOntologyError("What is measured is declared wrongly: " + "; ".join(clashes) + ".")
    types = {edge.name: edge.type for edge in ontology.edges.values()}
    return Measured(
        ontology,
        declared.field,
        declared.type_name,
        tuple(ontology.node(kind.__name__) for kind in declared.kinds),
        tuple(types[edge.__name__] for edge in declared.edges),
        types[declared.groups.__name__],
        tuple(ontology.node(kind.__name__) for kind in declared.listed),
    )


def _clashes(declared: MeasuredDeclaration, ontology: Ontology) -> Iterator[str]:
    walked = {kind.name for kind in walked_kinds(ontology)}
    for kind in (*declared.kinds, *declared.listed):
        if kind.__name__ not in walked:
            yield f"{kind.__name__} is no kind that is stored"
    known = {edge.name for edge in walked_edges(ontology)}
    for edge in (*declared.edges, declared.groups):
        if edge.__name__ not in known:
            yield f"{edge.__name__} is no type of edges"
    inside = {kind.__name__ for kind in declared.kinds}
    for listed in declared.listed:
        if listed.__name__ not in inside:
            yield f"{listed.__name__} is listed and not measured"
        elif listed.__name__ in walked and _has_field(ontology.node(listed.__name__)):
            yield f"{listed.__name__} has a field '{FIELD}' of its own"


def _has_field(kind: NodeType) -> bool:
    fields = {found.field for found in kind.properties} | {found.end.field for found in kind.relations}
    return FIELD in fields
