"""The rules that every edit keeps, whoever makes it: what the ontology says and one item cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import cast

from graph_api.changes import statements
from graph_api.changes.items import (
    Applied,
    DropEdge,
    Item,
    NodeRef,
    Outcome,
    PutEdge,
    PutNode,
    Violation,
)
from graph_api.changes.portions import portions
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import EdgeType

SOURCES = "sources"


@dataclass(slots=True)
class Checks:
    """What a change has to be checked for, gathered while it is written; only keys are kept."""

    transaction: Transaction
    ontology: Ontology
    violations: list[Violation] = field(default_factory=list)
    _sources: dict[str, Item | None] = field(default_factory=dict)
    _single: dict[tuple[str, str], dict[str, Item]] = field(default_factory=lambda: defaultdict(dict))
    _needing: dict[tuple[str, str], dict[str, Item]] = field(default_factory=lambda: defaultdict(dict))
    _hierarchies: dict[str, Item] = field(default_factory=dict)

    def nodes_written(self, done: Sequence[Applied]) -> None:
        """Remember the sources that nodes name, and the relations that new nodes need."""
        for each in done:
            item = cast(PutNode, each.item)
            self.sources_named((each.after or {}).get(SOURCES), item)
            if each.outcome is Outcome.CREATED and not item.mention:
                for edge in self._needed(item.ref.kind):
                    self._needing[edge.name, item.ref.kind][item.ref.key] = item

    def edges_written(self, done: Sequence[Applied]) -> None:
        """Remember the sources that edges name, and what may not be there twice or lead round."""
        for each in done:
            item = cast(PutEdge, each.item)
            self.sources_named((each.after or {}).get(SOURCES), item)
            edge = self.ontology.edges[item.edge]
            if each.outcome is Outcome.CREATED:
                if edge.forward.cardinality is not Cardinality.MANY:
                    self._single[edge.name, item.source.kind][item.source.key] = item
                if edge.hierarchical:
                    self._hierarchies.setdefault(edge.name, item)

    def edges_dropped(self, items: Sequence[DropEdge]) -> None:
        """Remember the nodes that may need another edge now."""
        for item in items:
            if self.ontology.edges[item.edge].forward.cardinality is Cardinality.EXACTLY_ONE:
                self._needing[item.edge, item.source.kind][item.source.key] = item

    def sources_named(self, keys: object, item: Item | None) -> None:
        """Remember sources that have to exist."""
        for key in cast("Sequence[str]", keys or ()):
            self._sources.setdefault(key, item)

    async def ends_lacking(self, items: Sequence[PutEdge]) -> None:
        """Say of edges, all between two kinds, which of their ends do not exist."""
        for name in ("source", "target"):
            ends = [cast(NodeRef, getattr(item, name)) for item in items]
            kind = ends[0].kind
            known = await self._keys(statements.existing_keys(kind, sorted({end.key for end in ends})))
            for item, end in zip(items, ends, strict=True):
                if end.key not in known:
                    reason = f"{item.edge} needs the {kind} {end.key}, which does not exist"
                    self.violations.append(Violation(item, name, end.key, reason, missing=True))

    async def finish(self) -> None:
        """Check everything that was remembered."""
        await self._check_sources()
        await self._check_single()
        await self._check_needing()
        for name, item in self._hierarchies.items():
            await self._check_hierarchy(self.ontology.edges[name], item)

    async def _check_sources(self) -> None:
        for batch in portions(list(self._sources)):
            known = await self._keys(statements.existing_keys(self.ontology.source_kind, batch))
            for key in batch:
                item = self._sources[key]
                if key not in known:
                    lacking = item or PutNode(NodeRef(self.ontology.source_kind, key), {})
                    reason = "the source does not exist"
                    self.violations.append(Violation(lacking, SOURCES, key, reason, missing=True))

    async def _check_single(self) -> None:
        for (name, kind), by_key in self._single.items():
            edge = self.ontology.edges[name]
            for batch in portions(list(by_key)):
                for key in await self._keys(statements.with_several(edge, kind, batch)):
                    reason = f"the {kind} already has another {edge.forward.field}"
                    self.violations.append(Violation(by_key[key], edge.forward.field, key, reason))

    async def _check_needing(self) -> None:
        for (name, kind), by_key in self._needing.items():
            edge = self.ontology.edges[name]
            for batch in portions(list(by_key)):
                for key in await self._keys(statements.without_one(edge, kind, batch)):
                    reason = f"a {kind} needs one {edge.forward.field}"
                    self.violations.append(Violation(by_key[key], edge.forward.field, key, reason))

    async def _check_hierarchy(self, edge: EdgeType, item: Item) -> None:
        """No node of a hierarchy contains itself, at any distance."""
        sorter: TopologicalSorter[NodeRef] = TopologicalSorter()
        rows = await self.transaction.run(statements.hierarchy_edges(edge))
        for kind, key, wider_kind, wider_key in cast("list[list[str]]", rows[0][0]):
            sorter.add(NodeRef(kind, key), NodeRef(wider_kind, wider_key))
        try:
            sorter.prepare()
        except CycleError as problem:
            cycle: list[NodeRef] = problem.args[1]
            reason = f"{edge.name} leads round: {' -> '.join(str(node) for node in cycle)}"
            self.violations.append(Violation(item, edge.forward.field, cycle[0].key, reason))

    def _needed(self, kind: str) -> Iterator[EdgeType]:
        for edge in self.ontology.edges.values():
            required = edge.forward.cardinality is Cardinality.EXACTLY_ONE
            if required and kind in self.ontology.node(edge.source).concrete:
                yield edge

    async def _keys(self, statement: Statement) -> set[str]:
        rows = await self.transaction.run(statement)
        return {str(key) for key in cast("list[object]", rows[0][0])}
