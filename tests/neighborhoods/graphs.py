"""Random small graphs, as ours and as networkx has them."""

from __future__ import annotations

import networkx
from hypothesis import strategies

from graph_api.neighborhoods.graph import Graph, Link, graph_of

RELATIONS = ("KNOWS", "NEAR")
DAYS = ("2023", "2023-06", "2024-02-10")
MOST = 12


@strategies.composite
def graphs(draw: strategies.DrawFn) -> Graph:
    """A graph of few nodes with loops, parallel links and dates."""
    size = draw(strategies.integers(2, MOST))
    ends = strategies.integers(0, size - 1)
    dates = strategies.sampled_from((None, *DAYS))
    sources = strategies.lists(strategies.sampled_from("xyz"), max_size=3, unique=True)
    links = draw(
        strategies.lists(
            strategies.tuples(strategies.sampled_from(RELATIONS), ends, ends, dates, dates, sources),
            max_size=30,
        )
    )
    return graph_of(
        [("Kind" if node % 3 else "Other", f"K{node}") for node in range(size)],
        [
            Link(f"L{number}", relation, source, target, since, until, sources=tuple(found))
            for number, (relation, source, target, since, until, found) in enumerate(links)
        ],
    )


def simple(graph: Graph, relations: frozenset[str] | None = None, day: str | None = None) -> networkx.Graph:
    """The same for networkx: one edge between two nodes that are joined, and none from a node to itself."""
    found = networkx.Graph()
    found.add_nodes_from(range(len(graph.nodes)))
    found.add_edges_from((link.source, link.target) for link in seen(graph, relations, day))
    return found


def seen(graph: Graph, relations: frozenset[str] | None, day: str | None) -> list[Link]:
    """The links that a question is about."""
    return [
        link
        for link in graph.links
        if link.source != link.target
        and (relations is None or link.relation in relations)
        and (day is None or link.holds_on(day))
    ]
