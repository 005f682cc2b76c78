"""How long the metrics of a large network take, from the graph in memory to the values.

The network is that of ``benchmarks/neighborhoods.py``: 50,000 nodes, eight links from each, most of them to
one of 300 hubs; half of the nodes belong to one of 20 groups. It is one component and random, so that
communities are not stable and distances are hard.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from random import Random
from time import perf_counter

from benchmarks.neighborhoods import SEED, hub_graph
from benchmarks.report import Table
from graph_api.metrics.declare import Choice
from graph_api.metrics.mesh import Effort, mesh_of
from graph_api.metrics.names import Metric, Part
from graph_api.metrics.problem import Found, Problem
from graph_api.metrics.run import found_by_worker

_LIMIT = 600.0
_TEXTS = {
    Part.LOCAL: "degrees, k-cores, PageRank, components and brokers",
    Part.DISTANCES: "betweenness and closeness, estimated from {samples:.0f} nodes",
    Part.COMMUNITIES: "communities and their stability, {runs} runs",
}
_GROUPS = 20
_SMALL = 2000
"""A network of this many nodes is computed exactly."""


async def measure() -> Table:
    """Times of one run, each in a process of its own, with its start and the way to it and back."""
    graph = hub_graph(Random(SEED))
    began = perf_counter()
    choice = Choice(frozenset({"Kind"}), frozenset({"JOINS"}))
    made = mesh_of(graph, choice, "", Effort()).problem
    problem = replace(made, groups={node: (node % _GROUPS,) for node in range(0, made.nodes, 2)})
    size = f"{problem.nodes:,} nodes and {len(problem.links):,} edges"
    rows = [(f"network of {size} made of the graph", _seconds(began))]
    for part in Part:
        found, took = await _timed(lambda part=part: found_by_worker(problem, part, _LIMIT, _silent))  # type: ignore[misc]  # the loop's
        rows.append((_TEXTS[part].format(**found.figures, runs=problem.runs), took))
        if part is Part.DISTANCES:
            largest = max(value or 0.0 for value in found.values[Metric.BETWEENNESS])
            error = f"largest {largest:.3f} ± {found.figures['betweennessError']:.3f}"
            rows.append(("how far a betweenness may be off, in 95 of 100", error))
    rows.append(await _exact())
    return Table(("what", "time"), tuple(rows), "`make bench ARGS=metrics`: one run on two cores")


async def _exact() -> tuple[str, str]:
    """The exact distances of a smaller network."""
    random = Random(SEED)
    links = [(node, random.randrange(_SMALL)) for node in range(_SMALL) for _ in range(8)]
    kept = [(a, b) for a, b in links if a != b]
    effort = Effort()
    problem = Problem(_SMALL, kept, {}, effort.exact_work, effort.samples, effort.runs)
    _, took = await _timed(lambda: found_by_worker(problem, Part.DISTANCES, _LIMIT, _silent))
    return f"exact betweenness and closeness of {_SMALL:,} nodes and {len(kept):,} edges", took


async def _timed(work: Callable[[], Awaitable[Found]]) -> tuple[Found, str]:
    began = perf_counter()
    found = await work()
    return found, _seconds(began)


def _seconds(began: float) -> str:
    return f"{perf_counter() - began:.1f} s"


def _silent(_line: str) -> None:
    """Nobody listens."""
