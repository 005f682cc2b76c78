"""The metrics of a mesh, by rustworkx and Leiden. It runs in a process of its own: rustworkx keeps
Python from doing anything else meanwhile, and nothing but the end of its process stops it.

Everything but degrees is about the simple mesh: edges have no direction and parallel ones are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import rustworkx

from graph_api.metrics.brokerage import brokerage
from graph_api.metrics.communities import communities
from graph_api.metrics.distances import distances
from graph_api.metrics.names import Metric, Part
from graph_api.metrics.problem import Found, Problem

Pair = tuple[int, int]
Say = Callable[[str], None]
_DAMPING, _TOLERANCE, _ROUNDS = 0.85, 1e-10, 1000


def computed(problem: Problem, part: Part, say: Say) -> Found:
    """The metrics of a part; ``say`` is told how far it is."""
    pairs = simple(problem.links)
    match part:
        case Part.LOCAL:
            return _local(problem, pairs)
        case Part.DISTANCES:
            mesh = undirected(problem.nodes, pairs)
            return distances(mesh, problem.exact_work, problem.samples, say)
        case Part.COMMUNITIES:
            return communities(problem.nodes, pairs, problem.runs, say)


def simple(links: Iterable[Pair]) -> list[Pair]:
    """The pairs that are joined, each once."""
    return sorted({(min(a, b), max(a, b)) for a, b in links})


def undirected(nodes: int, pairs: Sequence[Pair]) -> rustworkx.PyGraph[None, None]:
    """The simple mesh."""
    mesh: rustworkx.PyGraph[None, None] = rustworkx.PyGraph()
    mesh.add_nodes_from([None] * nodes)
    mesh.add_edges_from_no_data(list(pairs))
    return mesh


def _local(problem: Problem, pairs: Sequence[Pair]) -> Found:
    mesh = undirected(problem.nodes, pairs)
    nodes = range(problem.nodes)
    outward, inward = [0] * problem.nodes, [0] * problem.nodes
    for source, target in problem.links:
        outward[source] += 1
        inward[target] += 1
    # Its stubs say that it is a number.
    cores = cast("Mapping[int, int]", rustworkx.core_number(mesh))
    components, count = numbered(rustworkx.connected_components(mesh), problem.nodes)
    values: dict[Metric, Sequence[float | None]] = {
        Metric.DEGREE: [outward[node] + inward[node] for node in nodes],
        Metric.IN_DEGREE: inward,
        Metric.OUT_DEGREE: outward,
        Metric.CORE: [cores[node] for node in nodes],
        Metric.PAGE_RANK: _page_rank(problem.nodes, pairs),
        Metric.COMPONENT: components,
        Metric.BROKERAGE: brokerage(problem.nodes, pairs, problem.groups),
    }
    return Found(values, {"components": count})


def numbered(sets: Iterable[Iterable[int]], nodes: int) -> tuple[list[int], int]:
    """For each node the number of its set, from 1 for the largest, and how many sets there are.

    Of sets of one size, that with the first node comes first.
    """
    ordered = sorted((sorted(each) for each in sets), key=lambda each: (-len(each), each[0]))
    numbers = [0] * nodes
    for number, members in enumerate(ordered, 1):
        for node in members:
            numbers[node] = number
    return numbers, len(ordered)


def _page_rank(nodes: int, pairs: Sequence[Pair]) -> list[float]:
    if not nodes:
        return []
    both: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph()
    both.add_nodes_from([None] * nodes)
    both.add_edges_from_no_data([*pairs, *((b, a) for a, b in pairs)])
    found = rustworkx.pagerank(both, alpha=_DAMPING, tol=_TOLERANCE, max_iter=_ROUNDS)
    return [found[node] for node in range(nodes)]
