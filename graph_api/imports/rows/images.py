"""What is stored of the nodes and edges that a batch of rows is about, read in a few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from graph_api.changes.audience import restricted_among
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.imports.records import NodeRef, Raw
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType, Relation
from graph_api.values import Value

Properties = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class EdgeImage:
    """A stored edge by its key, with the node at its other end."""

    key: str
    other: NodeRef
    properties: Properties


@dataclass(slots=True)
class Images:
    """Nodes by reference, and edges by type and by the node that they go from.

    ``hidden`` are those of the nodes, and of the far ends of the edges, that whoever imports may not see.
    """

    nodes: dict[NodeRef, Properties] = field(default_factory=dict)
    edges: dict[tuple[str, NodeRef], list[EdgeImage]] = field(default_factory=lambda: defaultdict(list))
    hidden: set[NodeRef] = field(default_factory=set)

    async def find_hidden(self, transaction: Transaction, ontology: Ontology, rank: int) -> None:
        """Find out what a role of this rank may not see of them."""
        others = (each.other for found in self.edges.values() for each in found)
        self.hidden = await hidden_among(transaction, ontology, {*self.nodes, *others}, rank)

    def between(self, edge: str, source: NodeRef, target: NodeRef) -> list[EdgeImage]:
        """The stored edges of a type from one node to another."""
        return [each for each in self.edges.get((edge, source), ()) if each.other == target]


async def read_nodes(transaction: Transaction, refs: Iterable[NodeRef]) -> dict[NodeRef, Properties]:
    """The stored properties of those of the nodes that exist."""
    found: dict[NodeRef, Properties] = {}
    for kind, keys in _by_kind(refs).items():
        text = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}) RETURN n.key, properties(n)"
        for key, properties in await transaction.run(Statement(text, {"keys": list(keys)})):
            found[NodeRef(kind, str(key))] = cast("dict[str, Value]", properties)
    return found


async def read_edges(
    transaction: Transaction, ontology: Ontology, edge: EdgeType, sources: Iterable[NodeRef]
) -> dict[tuple[str, NodeRef], list[EdgeImage]]:
    """The stored edges of a type that go from these nodes."""
    found: dict[tuple[str, NodeRef], list[EdgeImage]] = defaultdict(list)
    kinds = ontology.node(edge.target).concrete
    for kind, keys in _by_kind(sources).items():
        for other in kinds:
            text = (
                f"UNWIND $keys AS key MATCH (a:{kind} {{key: key}})-[r:{edge.type}]->(b:{other}) "
                "RETURN a.key, b.key, r.key, properties(r)"
            )
            rows = await transaction.run(Statement(text, {"keys": list(keys)}))
            for source, target, key, properties in rows:
                image = EdgeImage(str(key), NodeRef(other, str(target)), cast("dict[str, Value]", properties))
                found[edge.name, NodeRef(kind, str(source))].append(image)
    return found


async def read_images(
    transaction: Transaction,
    ontology: Ontology,
    nodes: Iterable[NodeRef],
    relations: Iterable[Relation],
) -> Images:
    """What is stored of nodes and of the edges that go from them."""
    refs = list(nodes)
    images = Images(await read_nodes(transaction, refs))
    for relation in relations:
        images.edges |= await read_edges(transaction, ontology, relation.edge, refs)
    return images


async def hidden_among(
    transaction: Transaction, ontology: Ontology, refs: Collection[NodeRef], rank: int
) -> set[NodeRef]:
    """Which of these nodes a role of this rank may not see."""
    if 0 < len(ontology.roles) <= rank + 1:
        return set()
    hidden: set[NodeRef] = set()
    for kind, keys in _by_kind(refs).items():
        rows = await transaction.run(restricted_among(ontology, kind, list(keys)))
        levels = cast("list[tuple[str, int]]", rows[0][0])
        hidden |= {NodeRef(kind, str(key)) for key, level in levels if level > rank}
    return hidden


def raw_of(value: Value) -> Raw:
    """A stored value as a row would state it."""
    if isinstance(value, list):
        return texts_of(value)
    return None if isinstance(value, dict) else value


def texts_of(value: Value) -> list[str]:
    """The texts of a stored list; none where there is no list."""
    return [str(each) for each in value] if isinstance(value, list) else []


def _by_kind(refs: Iterable[NodeRef]) -> dict[str, dict[str, None]]:
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for ref in refs:
        kinds[ref.kind][ref.key] = None
    return kinds
