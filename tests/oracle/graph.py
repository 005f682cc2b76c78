"""The stored graph as plain dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.ontology.model import Direction, Ontology, Relation

Stored = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class PlainNode:
    """A node: its kind and what is stored of it."""

    kind: str
    stored: Stored

    @property
    def key(self) -> str:
        """Its key."""
        return cast(str, self.stored["key"])


@dataclass(frozen=True, slots=True, eq=False)
class PlainEdge:
    """An edge: its type as stored, its ends and what is stored of it."""

    type: str
    source: PlainNode
    target: PlainNode
    stored: Stored


@dataclass(slots=True)
class PlainGraph:
    """All nodes and edges, and where each edge is found from its ends."""

    nodes: dict[tuple[str, str], PlainNode] = field(default_factory=dict)
    edges: list[PlainEdge] = field(default_factory=list)
    leaving: dict[tuple[PlainNode, str], list[PlainEdge]] = field(default_factory=lambda: defaultdict(list))
    entering: dict[tuple[PlainNode, str], list[PlainEdge]] = field(default_factory=lambda: defaultdict(list))

    def of_kinds(self, kinds: Sequence[str]) -> list[PlainNode]:
        """Every node of some kinds."""
        return [node for node in self.nodes.values() if node.kind in kinds]

    def along(self, node: PlainNode, relation: Relation) -> list[tuple[PlainEdge, PlainNode]]:
        """The edges of a relation that is not transitive, each with the node at its other end."""
        if relation.direction is Direction.FORWARD:
            return [(edge, edge.target) for edge in self.leaving.get((node, relation.edge.type), ())]
        return [(edge, edge.source) for edge in self.entering.get((node, relation.edge.type), ())]

    def beyond(self, node: PlainNode, relation: Relation) -> list[PlainNode]:
        """Every node that a transitive relation leads to, once."""
        found: dict[PlainNode, None] = {}
        ahead = [node]
        while ahead:
            for _, other in self.along(ahead.pop(), relation):
                if other not in found:
                    found[other] = None
                    ahead.append(other)
        return list(found)


async def dump(store: Store, ontology: Ontology) -> PlainGraph:
    """Everything that the ontology knows of a store."""
    graph = PlainGraph()
    for kind in ontology.kinds():
        for (stored,) in await store.read(Statement(f"MATCH (n:{kind.name}) RETURN properties(n)")):
            node = PlainNode(kind.name, cast(Stored, stored))
            graph.nodes[kind.name, node.key] = node
    for edge in ontology.edges.values():
        ends = "labels(a)[0], a.key, labels(b)[0], b.key"
        rows = await store.read(Statement(f"MATCH (a)-[r:{edge.type}]->(b) RETURN {ends}, properties(r)"))
        for a_kind, a_key, b_kind, b_key, stored in cast("list[tuple[str, str, str, str, Stored]]", rows):
            made = PlainEdge(edge.type, graph.nodes[a_kind, a_key], graph.nodes[b_kind, b_key], stored)
            graph.edges.append(made)
            graph.leaving[made.source, made.type].append(made)
            graph.entering[made.target, made.type].append(made)
    return graph
