"""How fast neighbourhoods, paths and connecting parts are found in a large graph that was read already.

The graph is random: 50,000 nodes, eight links from each, four in five of them to one of 300 hubs, the first
hubs most of all. It is as large as the largest that the goals name; real graphs are kinder.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.report import Table
from graph_api.neighborhoods.around import around
from graph_api.neighborhoods.graph import Graph, Link, View, graph_of
from graph_api.neighborhoods.joining import joined
from graph_api.neighborhoods.ways import ways

NODES, HUBS, LINKS, SEED = 50_000, 300, 8, 20240528
TIMES = 10


async def measure() -> Table:
    """Times of questions on one core; the first question works the neighbours out, later ones share them."""
    random = Random(SEED)
    began = perf_counter()
    graph = hub_graph(random)
    built = perf_counter() - began
    view = View(graph)
    first = _seconds(lambda: _paths(view, *_some(random, 2)))
    rows = [
        (f"graph of {NODES:,} nodes and {len(graph.links):,} edges made", f"{built * 1000:,.0f} ms"),
        ("5 paths of at most 6 edges, the first question", f"{first * 1000:,.0f} ms"),
        _row("5 paths of at most 6 edges", lambda: _paths(view, *_some(random, 2))),
        _row("neighbourhood, depth 1", lambda: around(view, _some(random, 1), 1, 300, None)),
        _row("neighbourhood, depth 2, 300 nodes shown", lambda: around(view, _some(random, 1), 2, 300, None)),
        _row("5 nodes connected", lambda: joined(view, _some(random, 5), 6)),
    ]
    return Table(("what", "time"), tuple(rows), f"`make bench ARGS=paths`: medians of {TIMES} on one core")


def hub_graph(random: Random) -> Graph:
    """The graph that is measured; ``benchmarks/metrics.py`` measures it too."""
    links = []
    for node in range(HUBS, NODES):
        for number in range(LINKS):
            hub = int(HUBS * random.random() ** 2)
            other = hub if random.random() < 0.8 else random.randrange(HUBS, NODES)
            links.append(Link(f"{node}|{number}", "JOINS", node, other, sources=("source",)))
    return graph_of([("Kind", f"K{number}") for number in range(NODES)], links)


def _some(random: Random, count: int) -> list[int]:
    return random.sample(range(HUBS, NODES), count)


def _paths(view: View, start: int, end: int) -> None:
    list(islice(ways(view, start, end, 6), 5))


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _row(what: str, work: Callable[[], object]) -> tuple[str, str]:
    return what, f"{median(_seconds(work) for _ in range(TIMES)) * 1000:,.0f} ms"
