"""All nodes and edges of a graph, in the order of a dump, in pages of bounded size.

Nodes are walked by label and key. Edges are walked type by type along the nodes that they come from, so
that no page needs an index over edges; a node with very many of them is a walk of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, TypeVar, cast

from graph_api.changes.version import LABEL as VERSION
from graph_api.changes.version import LOADED
from graph_api.dumps import statements
from graph_api.dumps.lines import NAME, EdgeLine, NodeLine, Properties
from graph_api.dumps.still import Run
from graph_api.engine.protocol import Row
from graph_api.errors import UndumpableGraphError

PAGE: Final = 1000
"""Edges, or nodes that are small, in one answer."""
_FIRST_PAGE: Final = 50
_PAGE_CHARACTERS: Final = 1_000_000
Item = TypeVar("Item", NodeLine, EdgeLine)


class Contents:
    """What there is: ``nodes`` by labels, ``edges`` by type and the labels that they come from."""

    def __init__(self, nodes: Sequence[Row], edges: Sequence[Row]) -> None:
        self.nodes: Counter[tuple[str, ...]] = Counter()
        self.edges: Counter[str] = Counter()
        self.sources: dict[str, set[str]] = {}
        for labels, number in nodes:
            self.nodes[_sorted(labels)] += cast(int, number)
        for type_, labels, number in edges:
            _check_name(str(type_))
            self.edges[str(type_)] += cast(int, number)
            self.sources.setdefault(str(type_), set()).add(_sorted(labels)[0])

    @property
    def labels(self) -> list[str]:
        """The first labels of all nodes, in the order in which they are walked."""
        return sorted({labels[0] for labels in self.nodes})


async def contents(run: Run) -> Contents:
    """Count everything; raises ``UndumpableGraphError`` when nodes have no label."""
    return Contents(await run(statements.count_nodes()), await run(statements.count_edges()))


async def nodes(run: Run, found: Contents) -> AsyncIterator[NodeLine]:
    """All nodes in the order of a dump.

    Raises ``UndumpableGraphError`` for one without a key, or with that of another of its label.
    """
    for label in found.labels:
        count = 0
        async for line in _in_order(_nodes(run, label)):
            count += 1
            yield line
        _check_all(label, count, sum(n for labels, n in found.nodes.items() if labels[0] == label))


async def _nodes(run: Run, label: str) -> AsyncIterator[NodeLine]:
    after, limit = "", _FIRST_PAGE
    while rows := await run(statements.node_page(label, after, limit)):
        for _, labels, properties in rows:
            line = NodeLine(_sorted(labels), cast(Properties, properties))
            if label == VERSION:
                line.properties.pop(LOADED, None)
            if line.label == label:
                yield line
        if len(rows) < limit:
            return
        after, limit = str(rows[-1][0]), _next_limit(rows, limit)


def _next_limit(rows: Sequence[Row], limit: int) -> int:
    """As many nodes as make a page of the wanted size, going by those of the last one."""
    characters = sum(len(str(row[2])) for row in rows[:: max(1, len(rows) // _FIRST_PAGE)])
    each = max(1, characters // min(len(rows), _FIRST_PAGE))
    return max(1, min(PAGE, 2 * limit, _PAGE_CHARACTERS // each))


async def edges(run: Run, found: Contents) -> AsyncIterator[EdgeLine]:
    """All edges in the order of a dump; raises ``UndumpableGraphError`` for two that are the same."""
    for type_ in sorted(found.edges):
        count = 0
        for label in sorted(found.sources[type_]):
            async for line in _in_order(_edges(run, type_, label)):
                count += 1
                yield line
        _check_all(type_, count, found.edges[type_])


async def _edges(run: Run, type_: str, label: str) -> AsyncIterator[EdgeLine]:
    small: list[str] = []
    degrees = 0
    async for key, degree in _sources(run, type_, label):
        if small and degrees + degree > PAGE:
            for line in await _edges_of(run, type_, label, small):
                yield line
            small, degrees = [], 0
        if degree > PAGE:
            async for line in _many_edges(run, type_, label, key):
                yield line
        else:
            small.append(key)
            degrees += degree
    if small:
        for line in await _edges_of(run, type_, label, small):
            yield line


async def _sources(run: Run, type_: str, label: str) -> AsyncIterator[tuple[str, int]]:
    """The nodes of a label that edges of a type come from, each with the number of them."""
    after = ""
    while rows := await run(statements.source_page(type_, label, after, PAGE)):
        for key, labels, degree in rows:
            if _sorted(labels)[0] == label:
                yield str(key), cast(int, degree)
        after = str(rows[-1][0])


async def _edges_of(run: Run, type_: str, label: str, keys: list[str]) -> list[EdgeLine]:
    rows = await run(statements.edges_of(type_, label, keys))
    return sorted((_edge(type_, label, row) for row in rows), key=lambda line: line.rank)


async def _many_edges(run: Run, type_: str, label: str, key: str) -> AsyncIterator[EdgeLine]:
    """The edges of one node, in pages; those to one key are put in order together."""
    held: list[EdgeLine] = []
    skip = 0
    while rows := await run(statements.edge_page(type_, label, key, skip, PAGE)):
        skip += len(rows)
        lines = held + [_edge(type_, label, row) for row in rows]
        groups = [list(group) for _, group in groupby(lines, key=lambda line: line.target[1])]
        held = groups.pop()
        for line in _sorted_each(groups):
            yield line
    for line in _sorted_each([held]):
        yield line


def _sorted_each(groups: Iterable[list[EdgeLine]]) -> Iterator[EdgeLine]:
    for group in groups:
        yield from sorted(group, key=lambda line: line.rank)


def _edge(type_: str, label: str, row: Row) -> EdgeLine:
    source, labels, target, properties = row
    if not isinstance(target, str):
        raise UndumpableGraphError(f"An edge {type_} from {label} {source} leads to a node without a key.")
    return EdgeLine(type_, (label, str(source)), (_sorted(labels)[0], target), cast(Properties, properties))


async def _in_order(lines: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """The same lines; raises when two are the same, or the engine orders texts another way than the dump."""
    last: tuple[str, ...] | None = None
    async for line in lines:
        if last is not None and line.rank <= last:
            raise UndumpableGraphError(
                f"{' '.join(line.rank)} comes after {' '.join(last)}: they are the same, or in no order.",
                remedy="Keys are different and made of ASCII letters, digits, dots, hyphens and underscores.",
            )
        last = line.rank
        yield line


def _sorted(labels: object) -> tuple[str, ...]:
    found = tuple(sorted(str(each) for each in labels)) if isinstance(labels, list) else ()
    if not found:
        raise UndumpableGraphError("The graph holds a node without a label.")
    for name in found:
        _check_name(name)
    return found


def _check_name(name: str) -> None:
    """Labels and types become parts of the texts that read them, here and where the dump is loaded."""
    if not NAME.fullmatch(name):
        raise UndumpableGraphError(f"{name!r:.80} cannot be the label or the type of anything in a dump.")


def _check_all(name: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise UndumpableGraphError(
            f"Of {wanted} {name} only {found} can be told apart: some have no key, or another's."
        )
