"""How several nodes are joined: a small part of the graph that holds them all.

The smallest such part cannot be found in reasonable time. This one has at most twice as many links (Kou,
Markowsky and Berman, 1981): the nodes are joined along the shortest ways between them, the shortest first,
and what is left over at the ends is cut off. Of ways of one length the one past fewer links is taken, then by
kind and key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from graph_api.neighborhoods.around import Part, Pieces, along
from graph_api.neighborhoods.distances import Cost, Distances
from graph_api.neighborhoods.graph import View


def joined(view: View, ends: Sequence[int], longest: int) -> Part:
    """The part that joins the ends, as far as there are ways of at most ``longest`` links between them.

    The depth of a node is its distance, within the part, from the nearest end.
    """
    costs = {end: _costs(view, end, ends, longest) for end in ends}
    pairs = _trimmed(_tree(ends, _steps(view, ends, costs)), frozenset(ends))
    depths = _depths(ends, pairs)
    links = [link for pair in pairs for link in along(view, pair)]
    return Part(depths, tuple(links), len(depths), len(links))


def _costs(view: View, end: int, others: Sequence[int], longest: int) -> Mapping[int, Cost]:
    """The costs of the ways to an end, as far as the other ends need them."""
    distances = Distances(view, end)
    for radius in range(1, longest + 1):
        if distances.finished or all(other in distances.costs for other in others):
            break
        distances.reach(radius)
    return distances.costs


def _steps(
    view: View, ends: Sequence[int], costs: Mapping[int, Mapping[int, Cost]]
) -> Iterator[tuple[int, int]]:
    """Each step of the ways that join the ends, the shortest ways first."""
    between = [
        (costs[b][a], view.graph.nodes[a], view.graph.nodes[b], a, b)
        for a, b in combinations(ends, 2)
        if a in costs[b]
    ]
    pieces = Pieces(ends)
    for *_, a, b in sorted(between):
        if pieces.join(a, b):
            yield from _way(view, a, b, costs[b])


def _way(view: View, start: int, end: int, left: Mapping[int, Cost]) -> Iterator[tuple[int, int]]:
    """The steps of the best way to the end that the costs were counted from."""
    node = start
    while node != end:
        distance = left[node][0]
        following = min(
            (each for each in view.neighbors(node) if each in left and left[each][0] == distance - 1),
            key=lambda each: (
                left[each][1] + (view.degree(each) if each != end else 0),
                view.graph.nodes[each],
            ),
        )
        yield node, following
        node = following


def _tree(ends: Iterable[int], steps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The steps without those that close a circle."""
    every = list(dict.fromkeys(steps))
    pieces = Pieces({*ends, *(node for step in every for node in step)})
    return [step for step in every if pieces.join(*step)]


def _trimmed(steps: list[tuple[int, int]], ends: frozenset[int]) -> list[tuple[int, int]]:
    """The steps without branches that lead to no end."""
    while True:
        times: dict[int, int] = {}
        for step in steps:
            for node in step:
                times[node] = times.get(node, 0) + 1
        kept = [step for step in steps if not any(times[n] == 1 and n not in ends for n in step)]
        if len(kept) == len(steps):
            return kept
        steps = kept


def _depths(ends: Sequence[int], steps: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    neighbors: dict[int, list[int]] = {}
    for a, b in steps:
        neighbors.setdefault(a, []).append(b)
        neighbors.setdefault(b, []).append(a)
    depths = dict.fromkeys(ends, 0)
    queue = list(ends)
    for node in queue:
        for each in neighbors.get(node, ()):
            if each not in depths:
                depths[each] = depths[node] + 1
                queue.append(each)
    return depths
