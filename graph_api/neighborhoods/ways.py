"""The shortest ways between two nodes, and the distances that lead the search.

A way is a list of nodes, each once. Shorter ones come first; of the same length, those whose inner nodes have
fewer links altogether (two that share a rare node have more in common than two that share a hub), then by the
kinds and keys along them.

The search goes on with the way that promises most. What is left to the end is known exactly from distances
counted back from it, so that the first way is found without trying another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TypeAlias

from graph_api.errors import LimitExceededError
from graph_api.neighborhoods.distances import Cost, Distances
from graph_api.neighborhoods.graph import NodeId, View

MOST_TRIED = 500_000
"""Beginnings of ways that are tried for one answer: some seconds of work."""
_Begun: TypeAlias = "tuple[Cost, tuple[NodeId, ...], tuple[int, ...], int]"
"""What a way costs at least, its nodes by name and by position, and the links of its inner nodes so far."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one node to another."""

    nodes: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many links it goes along."""
        return len(self.nodes) - 1


def ways(view: View, start: int, end: int, longest: int) -> Iterator[Way]:
    """The ways from ``start`` to ``end`` of at most ``longest`` links, the best first.

    Raises ``LimitExceededError`` when there is too much to try before the next one.
    """
    if start == end:
        return
    distances = Distances(view, end)
    # Looked for by length, since far more nodes are within the longest than within the first ways.
    for length in range(1, longest + 1):
        distances.reach(length - 1)
        if distances.finished and start not in distances.costs:
            return
        found = _up_to(view, start, end, distances.costs, length)
        yield from (way for way in found if way.length == length)


def _up_to(view: View, start: int, end: int, left: Mapping[int, Cost], longest: int) -> Iterator[Way]:
    """All ways of at most so many links; ``left`` has what remains from nodes within one link less."""
    names = view.graph.nodes
    heap: list[_Begun] = [((0, 0), (names[start],), (start,), 0)]
    for _ in range(MOST_TRIED):
        if not heap:
            return
        _, words, nodes, passed = heappop(heap)
        last = nodes[-1]
        if last == end:
            yield Way(nodes)
            continue
        through = passed + (view.degree(last) if last != start else 0)
        for neighbor in view.neighbors(last):
            rest = left.get(neighbor)
            if rest is None or neighbor in nodes or len(nodes) + rest[0] > longest:
                continue
            inner = view.degree(neighbor) if neighbor != end else 0
            promised = (len(nodes) + rest[0], through + inner + rest[1])
            heappush(heap, (promised, (*words, names[neighbor]), (*nodes, neighbor), through))
    raise LimitExceededError(
        "There is too much to try between these two.",
        remedy="Name the relations to walk, ask for fewer paths, or set a smaller maxLength.",
        limit_name="tried_paths",
        value=MOST_TRIED,
        limit=MOST_TRIED,
    )
