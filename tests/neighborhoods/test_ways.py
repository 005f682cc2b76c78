"""Paths and connecting parts are those of networkx: lengths, order, number, at most twice the smallest."""

from __future__ import annotations

from itertools import combinations, islice, pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import LimitExceededError
from graph_api.neighborhoods import ways as searching
from graph_api.neighborhoods.graph import Graph, Link, View, graph_of
from graph_api.neighborhoods.joining import joined
from graph_api.neighborhoods.ways import ways
from tests.neighborhoods.graphs import MOST, graphs, simple


def all_paths(graph: Graph, longest: int, day: str | None = None) -> list[tuple[int, ...]]:
    found = networkx.all_simple_paths(simple(graph, None, day), 0, 1, cutoff=longest)
    return [tuple(path) for path in found]


def rank(view: View, nodes: tuple[int, ...]) -> tuple[int, int, list[tuple[str, str]]]:
    """How good a way is, by the words of the rule."""
    return len(nodes), sum(map(view.degree, nodes[1:-1])), [view.graph.nodes[node] for node in nodes]


@given(graphs(), st.integers(1, 6), st.sampled_from((None, "2023-06-15", "2024-12-31")))
def test_all_paths_are_found_the_best_first(graph: Graph, longest: int, day: str | None) -> None:
    view = View(graph, None, day)

    found = [way.nodes for way in islice(ways(view, 0, 1, longest), 200)]

    wanted = sorted(all_paths(graph, longest, day), key=lambda nodes: rank(view, nodes))
    assert found == wanted[:200]


@given(graphs())
def test_a_path_goes_along_links(graph: Graph) -> None:
    view = View(graph)

    for way in islice(ways(view, 0, 1, 6), 20):
        assert way.length == len(way.nodes) - 1
        assert all(view.between(a, b) for a, b in pairwise(way.nodes))


def test_two_that_share_something_rare_come_before_two_that_share_a_hub() -> None:
    nodes = [("Kind", key) for key in ("a", "b", "hub", "rare", "x", "y")]
    ends = [(0, 2), (1, 2), (4, 2), (5, 2), (0, 3), (1, 3)]
    graph = graph_of(nodes, [Link(f"L{number}", "NEAR", *pair) for number, pair in enumerate(ends)])

    assert [way.nodes for way in ways(View(graph), 0, 1, 4)] == [(0, 3, 1), (0, 2, 1)]


def test_too_much_to_try_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_TRIED", 50)
    nodes = [("Kind", f"K{number}") for number in range(10)]
    links = [Link(f"{a}|{b}", "NEAR", a, b) for a, b in combinations(range(10), 2)]

    with pytest.raises(LimitExceededError) as refused:
        list(ways(View(graph_of(nodes, links)), 0, 1, 9))

    assert refused.value.place["limit"] == 50


@given(graphs(), st.integers(2, 4))
def test_a_part_joins_all_that_can_be_joined(graph: Graph, count: int) -> None:
    view, ends = View(graph), list(range(min(count, len(graph.nodes))))

    part = joined(view, ends, MOST)

    whole = simple(graph)
    shown = networkx.Graph()
    shown.add_nodes_from(part.depths)
    shown.add_edges_from((link.source, link.target) for link in part.links)
    assert set(ends) <= set(shown)
    assert set(shown.edges) <= {*whole.edges, *((b, a) for a, b in whole.edges)}
    for a, b in combinations(ends, 2):
        assert networkx.has_path(shown, a, b) is networkx.has_path(whole, a, b)
    assert networkx.is_forest(shown)
    assert part.pieces() == networkx.number_connected_components(shown)
    assert all(node in ends for node in shown if shown.degree(node) < 2)
    assert part.depths == networkx.multi_source_dijkstra_path_length(shown, set(ends))
    assert len(shown.edges) <= 2 * smallest(whole, ends)


def smallest(whole: networkx.Graph, ends: list[int]) -> int:
    """How many steps join the ends of each component, at the least: tried with every set of other nodes."""
    total = 0
    for component in networkx.connected_components(whole):
        mine = [end for end in ends if end in component]
        others = sorted(component - set(mine))
        if len(mine) > 1:
            total += next(
                len(mine) + size - 1
                for size in range(len(others) + 1)
                if any(
                    networkx.is_connected(whole.subgraph([*mine, *more]))
                    for more in combinations(others, size)
                )
            )
    return total


@given(graphs())
def test_two_are_joined_by_their_best_path(graph: Graph) -> None:
    view = View(graph)
    best = next(ways(view, 0, 1, 6), None)

    part = joined(view, [0, 1], 6)

    if best is None:
        assert (set(part.depths), part.pieces()) == ({0, 1}, 2)
    else:
        assert set(part.depths) == set(best.nodes)


def test_what_is_farther_apart_than_the_longest_way_is_not_joined() -> None:
    nodes = [("Kind", f"K{number}") for number in range(5)]
    graph = graph_of(nodes, [Link(f"L{n}", "NEAR", n, n + 1) for n in range(4)])

    part = joined(View(graph), [0, 2, 4], 2)
    far = joined(View(graph), [0, 4], 2)

    assert (len(part.depths), part.pieces()) == (5, 1)
    assert (set(far.depths), far.pieces()) == ({0, 4}, 2)
