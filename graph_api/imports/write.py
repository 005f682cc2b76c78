"""One prepared file into the graph, in one transaction: all of it, or nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store, Transaction
from graph_api.errors import DatabaseError
from graph_api.imports import statements
from graph_api.imports.prepare import PreparedFile
from graph_api.imports.records import BrokenRowError, NodeRef, RowError, StoredEdge, StoredNode
from graph_api.imports.validate import SOURCES
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import EdgeType

BATCH = 500
"""Rows in one statement: large enough that round trips do not count, small enough for any heap."""

Item = TypeVar("Item")
Advance = Callable[[int], None]


async def write_file(
    store: Store, ontology: Ontology, file: PreparedFile, remembered: Statement, advance: Advance
) -> None:
    """Store the file and the memory of it.

    Raises ``BrokenRowError`` when the graph does not allow it (an end or a source that does not
    exist, a second edge of a to-one relation, a cycle in a hierarchy); then nothing was stored.
    """
    async with store.transaction() as transaction:
        writer = _Writer(transaction, ontology, advance)
        await writer.store_nodes(file.nodes)
        await writer.store_edges(file.edges)
        await writer.check_sources(file)
        await writer.check_single(file.edges)
        await writer.check_hierarchies(file.edges)
        if writer.errors:
            raise BrokenRowError(writer.errors)
        await transaction.run(remembered)
        await transaction.run(raise_version())


class _Writer:
    def __init__(self, transaction: Transaction, ontology: Ontology, advance: Advance) -> None:
        self._transaction = transaction
        self._ontology = ontology
        self._advance = advance
        self.errors: list[RowError] = []

    async def store_nodes(self, nodes: Sequence[StoredNode]) -> None:
        """Store the nodes, kind by kind."""
        groups: dict[tuple[str, bool], list[StoredNode]] = defaultdict(list)
        for node in nodes:
            groups[node.ref.kind, node.mention].append(node)
        for (kind, mention), group in groups.items():
            for batch in _batches(group):
                stored = await self._keys(statements.upsert_nodes(kind, batch, mention=mention))
                if stored != {node.ref.key for node in batch}:
                    raise DatabaseError(f"The database did not store every {kind}.")
                self._advance(len(batch))

    async def store_edges(self, edges: Sequence[StoredEdge]) -> None:
        """Store the edges, type by type; those with an end that does not exist become errors."""
        groups: dict[tuple[str, str, str], list[StoredEdge]] = defaultdict(list)
        for found in edges:
            groups[found.edge, found.source.kind, found.target.kind].append(found)
        for (name, source, target), group in groups.items():
            for batch in _batches(group):
                statement = statements.upsert_edges(self._ontology.edges[name], source, target, batch)
                stored = await self._keys(statement)
                lacking = [found for found in batch if found.key not in stored]
                if lacking:
                    await self._report_unknown("source", [(found, found.source) for found in lacking])
                    await self._report_unknown("target", [(found, found.target) for found in lacking])
                self._advance(len(batch))

    async def _report_unknown(self, column: str, ends: Sequence[tuple[StoredEdge, NodeRef]]) -> None:
        """Errors for the ends, all of one kind, that do not exist."""
        kind = ends[0][1].kind
        known = await self._keys(statements.existing_keys(kind, [end.key for _, end in ends]))
        for found, end in ends:
            if end.key not in known:
                reason = f"{found.edge} needs the {kind} {end.key}, which does not exist"
                self.errors.append(RowError(found.place, column, end.key, reason))

    async def check_sources(self, file: PreparedFile) -> None:
        """Every source that a row names has to exist."""
        naming: dict[str, RowError] = {}
        records: tuple[StoredNode | StoredEdge, ...] = (*file.nodes, *file.edges)
        for record in records:
            for key in _texts(record.properties.get(SOURCES)):
                naming.setdefault(key, RowError(record.place, SOURCES, key, "the source does not exist"))
        for batch in _batches(list(naming)):
            known = await self._keys(statements.existing_keys(self._ontology.source_kind, batch))
            self.errors.extend(naming[key] for key in batch if key not in known)

    async def check_single(self, edges: Sequence[StoredEdge]) -> None:
        """A to-one relation has one edge, together with those stored before."""
        groups: dict[tuple[str, str], dict[str, StoredEdge]] = defaultdict(dict)
        for found in edges:
            if self._ontology.edges[found.edge].forward.cardinality is not Cardinality.MANY:
                groups[found.edge, found.source.kind][found.source.key] = found
        for (name, kind), by_key in groups.items():
            edge = self._ontology.edges[name]
            for batch in _batches(list(by_key)):
                for key in await self._keys(statements.with_several(edge, kind, batch)):
                    reason = f"the {kind} already has another {edge.forward.field}"
                    self.errors.append(RowError(by_key[key].place, edge.forward.field, key, reason))

    async def check_hierarchies(self, edges: Sequence[StoredEdge]) -> None:
        """No node of a hierarchy contains itself, at any distance."""
        names = dict.fromkeys(found.edge for found in edges)
        for edge in (self._ontology.edges[name] for name in names):
            if edge.hierarchical:
                cycle = await self._cycle(edge)
                if cycle:
                    place = next(found.place for found in edges if found.edge == edge.name)
                    reason = f"{edge.name} leads round: {' -> '.join(str(node) for node in cycle)}"
                    self.errors.append(RowError(place, edge.forward.field, cycle[0].key, reason))

    async def _cycle(self, edge: EdgeType) -> list[NodeRef]:
        sorter: TopologicalSorter[NodeRef] = TopologicalSorter()
        rows = await self._transaction.run(statements.hierarchy_edges(edge))
        for kind, key, wider_kind, wider_key in _lists(rows[0][0]):
            sorter.add(NodeRef(kind, key), NodeRef(wider_kind, wider_key))
        try:
            sorter.prepare()
        except CycleError as problem:
            cycle: list[NodeRef] = problem.args[1]
            return cycle
        return []

    async def _keys(self, statement: Statement) -> set[str]:
        rows = await self._transaction.run(statement)
        return set(_texts(rows[0][0]))


def _batches(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _lists(value: object) -> list[list[str]]:
    return [_texts(item) for item in value] if isinstance(value, list) else []
