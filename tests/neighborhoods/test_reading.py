"""The graph in memory is the stored one, as the viewer may see it; answers on the seeds are networkx's."""

from __future__ import annotations

import asyncio
import json
from itertools import islice
from random import Random
from typing import cast

import networkx

from graph_api.changes.log import CHANGE, TOUCHED
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.neighborhoods.around import around
from graph_api.neighborhoods.graph import Graph, View
from graph_api.neighborhoods.reading import graph_in, read_graph
from graph_api.neighborhoods.snapshot import Graphs
from graph_api.neighborhoods.ways import ways
from graph_api.ontology import Ontology
from schema import ontology
from tests.neighborhoods.graphs import simple
from tests.toy.fixtures import Graph as ToyGraph
from tests.toy.ontology import TOY
from tests.visibility.domain import ARCHIVE, FILL, SECRET, Role

COUNT = Statement("MATCH (a)-[r]->(b) RETURN type(r), count(*)")
RESTRICT = Statement("MATCH (w:Author) SET w.restricted_level = 1 RETURN w.key")
PAIRS = 15


async def read(store: BoltStore, known: Ontology, role: str) -> Graph:
    return graph_in(known, role, await store.read(read_graph(known, role)))


def told(graph: Graph) -> set[tuple[str, str, str]]:
    return {(graph.nodes[each.source][1], each.relation, graph.nodes[each.target][1]) for each in graph.links}


async def test_every_node_and_edge_is_read_with_what_it_says(toy: ToyGraph, store: BoltStore) -> None:
    graph = await read(store, TOY, "")

    counted = {str(type_): number for type_, number in await store.read(COUNT) if type_ != TOUCHED}
    assert {type_: sum(each.relation == type_ for each in graph.links) for type_ in counted} == counted
    spells = [each for each in graph.links if each.key == "ada|lumen|1975-06"]
    assert [(each.since, each.until, each.sources, each.synthetic, each.facts) for each in spells] == [
        ("1975-06", None, ("catalogue",), True, (("duties", "acting, directing"),))
    ]
    [night] = [each for each in graph.links if dict(each.facts).get("character") == "Night"]
    assert dict(night.facts) == {
        "billing": "LEAD", "character": "Night", "scenes": "40", "fee": "1200.5", "credited": "true",
        "signed": "1967-09-01",
    }  # fmt: skip
    assert graph.kinds_of["alba"] == ("Film", "Award")


async def test_what_a_role_may_not_see_is_not_there(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    public, staff, chief = [await read(empty_store, ARCHIVE, each.name) for each in Role]

    assert told(public) == {("a", "HELPED_BY", "w")}
    assert SECRET not in json.dumps([public.nodes, [each.facts for each in public.links]])
    assert told(staff) == told(public) | {("a", "CONTRADICTS", "b")}
    assert [each.facts for each in staff.links if each.relation == "HELPED_BY"] == [()]
    assert told(chief) == told(staff) | {
        ("a", "HELPED_BY", f"{SECRET}-i"),
        ("b", "HELPED_BY", f"{SECRET}-i"),
        ("c", "BASED_ON", f"{SECRET}-i"),
    }
    assert {each.facts for each in chief.links if each.relation == "HELPED_BY"} == {
        (("payment", "7"),), (("payment", "8"),), (),
    }  # fmt: skip


async def test_no_way_leads_through_a_restricted_node(empty_store: BoltStore) -> None:
    await empty_store.write([FILL, RESTRICT])
    public, staff = [await read(empty_store, ARCHIVE, each.name) for each in (Role.PUBLIC, Role.STAFF)]

    assert ("Author", "w") not in public.positions
    assert told(public) == set()
    assert ("Author", "w") in staff.positions
    assert ("a", "HELPED_BY", "w") in told(staff)


async def test_the_log_of_changes_is_no_way(seeded_store: BoltStore) -> None:
    graph = await read(seeded_store, ontology, "ADMIN")

    assert CHANGE not in {kind for kind, _ in graph.nodes}
    assert TOUCHED not in {each.relation for each in graph.links}
    counted = {str(type_): cast(int, number) for type_, number in await seeded_store.read(COUNT)}
    del counted[TOUCHED]
    assert sum(counted.values()) == len(graph.links)


async def test_answers_on_the_seeds_are_those_of_networkx(seeded_store: BoltStore) -> None:
    graph = await read(seeded_store, ontology, "PUBLIC")
    view, known, random = View(graph), simple(graph), Random(7)
    components: list[set[int]] = list(networkx.connected_components(known))
    largest = max(components, key=len)
    joined = sorted(largest)

    for _ in range(PAIRS):
        start, end = random.sample(joined, 2)
        found = [way.nodes for way in islice(ways(view, start, end, 8), 3)]
        wanted = islice(networkx.shortest_simple_paths(known, start, end), 3)
        assert [len(each) for each in found] == [len(each) for each in wanted if len(each) <= 9]
        assert all(networkx.is_simple_path(known, each) for each in found)
        part = around(view, [start], 2, 10_000, None)
        assert part.depths == networkx.single_source_shortest_path_length(known, start, 2)


async def test_questions_about_one_version_share_a_graph(
    toy: ToyGraph, store: BoltStore, statements: list[Statement]
) -> None:
    graphs = Graphs(TOY, store)
    found = await asyncio.gather(*(graphs.at(("graph", 1), "") for _ in range(3)))
    once = [each for each in statements if "WORKED_FOR" in each.text]
    later, unknown = await graphs.at(("graph", 2), ""), await graphs.at(None, "")

    assert found[0] is found[1] is found[2]
    assert len(once) == 1
    assert later is not found[0]
    assert unknown is not later
    assert found[0].view(None, None) is found[0].view(None, None)
