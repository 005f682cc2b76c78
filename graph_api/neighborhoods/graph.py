"""A graph in memory: nodes by kind and key, links with what they say, and views of a part of it.

All of it is frozen data. A link is walked both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

NodeId: TypeAlias = "tuple[str, str]"
"""The kind and the key of a node."""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two nodes, by their positions.

    ``relation`` is its type; ``since`` and ``until`` are partial dates as they were written; ``sources`` are
    keys; ``facts`` are what else it says, by field name; ``label`` says it in short.
    """

    key: str
    relation: str
    source: int
    target: int
    since: str | None = None
    until: str | None = None
    synthetic: bool = False
    sources: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    label: str | None = None

    def other(self, node: int) -> int:
        """The end that is not this one."""
        return self.target if node == self.source else self.source

    def holds_on(self, day: str) -> bool:
        """Whether some day of its time is this one (``YYYY-MM-DD``); open ends hold always.

        A partial date is the beginning of every day that it can mean, so that texts can be compared.
        """
        begun = self.since is None or self.since <= day[: len(self.since)]
        return begun and (self.until is None or self.until >= day[: len(self.until)])


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes and links that a viewer sees; ``at`` gives the links of each node, ``positions`` nodes."""

    nodes: tuple[NodeId, ...]
    links: tuple[Link, ...]
    at: tuple[tuple[int, ...], ...]
    positions: Mapping[NodeId, int]
    kinds_of: Mapping[str, tuple[str, ...]]
    """The kinds that have a key, by key."""


def graph_of(nodes: Iterable[NodeId], links: Iterable[Link]) -> Graph:
    """The graph of these nodes and links."""
    known, every = tuple(nodes), tuple(links)
    at: list[list[int]] = [[] for _ in known]
    for position, link in enumerate(every):
        at[link.source].append(position)
        if link.target != link.source:
            at[link.target].append(position)
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, key in known:
        kinds[key] = (*kinds.get(key, ()), kind)
    positions = {node: position for position, node in enumerate(known)}
    return Graph(known, every, tuple(map(tuple, at)), positions, kinds)


@dataclass(slots=True)
class View:
    """A graph as one question sees it: only these relations, only links that hold on the day.

    Neighbours are worked out when they are first asked for. A link from a node to itself leads nowhere, and
    is not counted.
    """

    graph: Graph
    relations: frozenset[str] | None = None
    day: str | None = None
    _neighbors: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _degrees: dict[int, int] = field(default_factory=dict)

    def neighbors(self, node: int) -> tuple[int, ...]:
        """The nodes that a node is joined with, each once."""
        found = self._neighbors.get(node)
        if found is None:
            others = [link.source + link.target - node for link in self._links(node)]
            self._degrees[node] = len(others)
            found = self._neighbors[node] = tuple(dict.fromkeys(others))
        return found

    def degree(self, node: int) -> int:
        """How many links a node has, of those that the question is about."""
        if node not in self._degrees:
            self.neighbors(node)
        return self._degrees[node]

    def joins(self, node: int) -> Mapping[int, Sequence[Link]]:
        """The neighbours of a node with the links to each."""
        found: dict[int, list[Link]] = {}
        for link in self._links(node):
            found.setdefault(link.other(node), []).append(link)
        return found

    def between(self, left: int, right: int) -> list[Link]:
        """The links between two nodes, whichever way they point."""
        node, other = (left, right) if self.degree(left) <= self.degree(right) else (right, left)
        return [link for link in self._links(node) if link.other(node) == other]

    def _links(self, node: int) -> Iterator[Link]:
        links = self.graph.links
        every = (links[position] for position in self.graph.at[node])
        if self.relations is None and self.day is None:
            return (link for link in every if link.source != link.target)
        return (link for link in every if link.source != link.target and self._sees(link))

    def _sees(self, link: Link) -> bool:
        if self.relations is not None and link.relation not in self.relations:
            return False
        return self.day is None or link.holds_on(self.day)
