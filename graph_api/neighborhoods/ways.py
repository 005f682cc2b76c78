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
from graph_api.neighborhoods.graph import NodeId, View

MOST_TRIED = 500_000
"""Beginnings of ways that are tried for one answer: some seconds of work."""
Cost: TypeAlias = "tuple[int, int]"
"""Links, and the links that the inner nodes have."""
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


def costs_to(view: View, end: int, longest: int) -> Mapping[int, Cost]:
    """What the best way to a node costs from every node that is within ``longest`` links of it."""
    costs: dict[int, Cost] = {end: (0, 0)}
    layer = [end]
    for distance in range(1, longest + 1):
        reached: dict[int, int] = {}
        for node in layer:
            passed = costs[node][1] + (view.degree(node) if node != end else 0)
            for neighbor in view.neighbors(node):
                if neighbor not in costs and passed < reached.get(neighbor, passed + 1):
                    reached[neighbor] = passed
        costs |= {node: (distance, passed) for node, passed in reached.items()}
        layer = list(reached)
    return costs


def ways(view: View, start: int, end: int, longest: int) -> Iterator[Way]:
    """The ways from ``start`` to ``end`` of at most ``longest`` links, the best first.

    Raises ``LimitExceededError`` when there is too much to try before the next one.
    """
    left = costs_to(view, end, longest)
    if start not in left or start == end:
        return
    names = view.graph.nodes
    heap: list[_Begun] = [(left[start], (names[start],), (start,), 0)]
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
