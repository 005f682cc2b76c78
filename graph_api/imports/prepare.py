"""One file, read, converted and validated: all that can be known about it without the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph_api.imports.records import (
    BrokenRowError,
    NodeRecord,
    NodeRef,
    Record,
    Row,
    RowError,
    SetAside,
    StoredEdge,
    StoredNode,
)
from graph_api.imports.tables import ImportFile, read_table
from graph_api.imports.validate import stored_edge, stored_node
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import EdgeType


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """What a file would store, what is set aside and what is broken. ``rows`` counts all its rows."""

    rows: int
    nodes: tuple[StoredNode, ...]
    edges: tuple[StoredEdge, ...]
    set_aside: tuple[SetAside, ...]
    errors: tuple[RowError, ...]


def prepare(ontology: Ontology, file: ImportFile, content: bytes) -> PreparedFile:
    """Read and check a file as far as that goes without the graph."""
    read = read_table(file.label, content, file.table)
    collected = _Collected(ontology)
    for row in read.rows:
        collected.take(file, row)
    collected.check_cardinalities()
    return PreparedFile(
        rows=read.seen,
        nodes=tuple(collected.nodes.values()),
        edges=tuple(collected.edges.values()),
        set_aside=tuple(collected.set_aside),
        errors=(*read.errors, *collected.errors),
    )


class _Collected:
    """The records of a file so far; the same node from several rows has to say the same."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.nodes: dict[NodeRef, StoredNode] = {}
        self.edges: dict[tuple[str, NodeRef, NodeRef, str], StoredEdge] = {}
        self.set_aside: list[SetAside] = []
        self.errors: list[RowError] = []

    def take(self, file: ImportFile, row: Row) -> None:
        try:
            outcome = file.table.convert(row)
            if isinstance(outcome, SetAside):
                self.set_aside.append(outcome)
                return
            records = tuple(outcome)
        except BrokenRowError as problem:
            self.errors.extend(problem.errors)
            return
        if not records:
            self.errors.append(RowError(row.place, "", "", "nothing was made of the row"))
        self._take_all(records, row)

    def _take_all(self, records: Iterable[Record], row: Row) -> None:
        for record in records:
            try:
                if isinstance(record, NodeRecord):
                    if record.mention and record.ref in self.nodes:
                        # Thousands of rows may mention the same source; one is enough.
                        continue
                    self._take_node(stored_node(self.ontology, record, row.place))
                else:
                    self._take_edge(stored_edge(self.ontology, record, row.place))
            except BrokenRowError as problem:
                self.errors.extend(problem.errors)

    def _take_node(self, node: StoredNode) -> None:
        earlier = self.nodes.get(node.ref)
        if earlier is None or (earlier.mention and not node.mention):
            self.nodes[node.ref] = node
        elif not node.mention and earlier.properties != node.properties:
            reason = f"line {earlier.place.line} says something else about the same {node.ref.kind}"
            self.errors.append(RowError(node.place, "key", node.ref.key, reason))

    def _take_edge(self, edge: StoredEdge) -> None:
        identity = (edge.edge, edge.source, edge.target, edge.key)
        earlier = self.edges.setdefault(identity, edge)
        if earlier.properties != edge.properties:
            reason = f"line {earlier.place.line} says something else about the same {edge.edge}"
            self.errors.append(RowError(edge.place, "key", edge.key, reason))

    def check_cardinalities(self) -> None:
        """To-one relations: at most one edge, and one for each new node where one is required."""
        for edge in self.ontology.edges.values():
            if edge.forward.cardinality is not Cardinality.MANY:
                self.errors.extend(self._cardinality_flaws(edge))

    def _cardinality_flaws(self, edge: EdgeType) -> Iterable[RowError]:
        mine = [found for found in self.edges.values() if found.edge == edge.name]
        counted = Counter(found.source for found in mine)
        for found in mine:
            if counted[found.source] > 1:
                reason = f"a {found.source.kind} can have only one {edge.forward.field}"
                yield RowError(found.place, edge.forward.field, found.source.key, reason)
        if edge.forward.cardinality is Cardinality.EXACTLY_ONE:
            kinds = self.ontology.node(edge.source).concrete
            for node in self.nodes.values():
                if node.ref.kind in kinds and not counted[node.ref] and not node.mention:
                    reason = f"a {node.ref.kind} needs one {edge.forward.field}"
                    yield RowError(node.place, edge.forward.field, node.ref.key, reason)
