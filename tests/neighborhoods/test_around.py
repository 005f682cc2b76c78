"""Neighbourhoods are those of networkx, and what is left out is left out by the stated rule."""

from __future__ import annotations

from collections import Counter
from datetime import date

import networkx
from hypothesis import given
from hypothesis import strategies as st

from graph_api.neighborhoods.around import around
from graph_api.neighborhoods.graph import Graph, Link, View, graph_of
from graph_api.ontology.partial_date import PartialDate
from tests.neighborhoods.graphs import DAYS, MOST, RELATIONS, graphs, seen, simple

RELATION_SETS = st.sampled_from((None, frozenset(RELATIONS), frozenset(RELATIONS[:1]), frozenset[str]()))
ON = st.sampled_from((None, "2023-06-15", "2024-12-31", "2020-01-01"))


def star(leaves: dict[str, int]) -> Graph:
    """A middle with leaves, each resting on so many sources; the first has a link to each further one."""
    keys = ["middle", *leaves]
    links = [
        Link(f"L{key}", "NEAR", 0, position, sources=tuple("abc"[:count]))
        for position, (key, count) in enumerate(leaves.items(), 1)
    ]
    return graph_of([("Kind", key) for key in keys], links)


def keys(graph: Graph, nodes: object) -> list[str]:
    return [graph.nodes[node][1] for node in nodes]  # type: ignore[attr-defined]  # positions


@given(graphs(), RELATION_SETS, ON, st.integers(1, 4))
def test_everything_within_the_depth_is_there(
    graph: Graph, relations: frozenset[str] | None, day: str | None, depth: int
) -> None:
    part = around(View(graph, relations, day), [0], depth, MOST, None)

    wanted = networkx.single_source_shortest_path_length(simple(graph, relations, day), 0, depth)
    assert part.depths == wanted
    links = [each for each in seen(graph, relations, day) if {each.source, each.target} <= set(wanted)]
    assert Counter(part.links) == Counter(links)
    assert not part.truncated
    assert part.pieces() == 1


@given(graphs(), st.integers(1, 4), st.integers(1, MOST))
def test_what_is_cut_is_as_large_as_it_may_be_and_says_so(graph: Graph, depth: int, most: int) -> None:
    view = View(graph)
    part = around(view, [0], depth, most, None)

    wanted = networkx.single_source_shortest_path_length(simple(graph), 0, depth)
    assert len(part.depths) == min(most, len(wanted))
    assert part.within == len(wanted)
    assert part.truncated is (len(wanted) > most)
    assert all(wanted[node] == distance for node, distance in part.depths.items())
    assert part.pieces() == 1
    assert around(View(graph), [0], depth, most, None) == part


@given(graphs(), st.integers(1, 3))
def test_only_nodes_of_the_kinds_are_shown_and_walked_through(graph: Graph, depth: int) -> None:
    part = around(View(graph), [0], depth, MOST, frozenset(["Kind"]))

    allowed = simple(graph).subgraph(
        [0, *(node for node, (kind, _) in enumerate(graph.nodes) if kind == "Kind")]
    )
    assert part.depths == networkx.single_source_shortest_path_length(allowed, 0, depth)


@given(graphs())
def test_a_degree_is_that_of_the_whole_graph(graph: Graph) -> None:
    view = View(graph)

    for node in range(len(graph.nodes)):
        assert view.degree(node) == sum(
            node in (link.source, link.target) for link in seen(graph, None, None)
        )


@given(st.sampled_from(DAYS), st.dates(date(2022, 12, 30), date(2024, 12, 31)))
def test_a_partial_date_holds_on_every_day_that_it_can_mean(text: str, day: date) -> None:
    known = PartialDate.parse(text)

    assert Link("", "", 0, 1, since=text).holds_on(day.isoformat()) is (known.first_day <= day)
    assert Link("", "", 0, 1, until=text).holds_on(day.isoformat()) is (known.last_day >= day)


def test_more_sources_come_first_then_fewer_links_then_the_key() -> None:
    graph = star({"d": 0, "c": 1, "b": 1, "a": 1, "e": 3})
    busy = [*graph.links, Link("L", "NEAR", 3, 4), Link("M", "NEAR", 3, 3)]
    graph = graph_of(graph.nodes, busy)

    part = around(View(graph), [0], 1, 5, None)

    # b and a are joined with one another, so that c, which is not, comes before them.
    assert keys(graph, part.depths) == ["middle", "e", "c", "a", "b"]
    assert part.truncated


def test_a_hub_gets_no_more_than_its_share() -> None:
    nodes = ["middle", "hub", "small", *(f"h{number}" for number in range(50)), "s0", "s1"]
    position = {key: number for number, key in enumerate(nodes)}
    ends = [("middle", "hub"), ("middle", "small"), *(("hub", f"h{n}") for n in range(50))]
    ends += [("small", "s0"), ("small", "s1")]
    graph = graph_of(
        [("Kind", key) for key in nodes],
        [Link(f"{a}|{b}", "NEAR", position[a], position[b]) for a, b in ends],
    )

    part = around(View(graph), [0], 2, 8, None)

    shown = keys(graph, part.depths)
    assert {"s0", "s1"} < set(shown)
    assert [key for key in shown if key.startswith("h")] == ["hub", "h0", "h1", "h10"]
    assert (part.within, part.truncated) == (len(nodes), True)


def test_links_are_cut_too_and_it_is_said() -> None:
    links = [Link(f"L{number:03}", "NEAR", 0, 1) for number in range(100)]
    part = around(View(graph_of([("Kind", "a"), ("Kind", "b")], links)), [0], 1, 2, None)

    assert (len(part.links), part.links_within) == (40, 100)
    assert part.truncated
