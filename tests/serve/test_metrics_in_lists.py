"""Lists are filtered and ordered by metrics, in every place where they can be, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import cast

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from tests.serve.served import Served, codes, served
from tests.toy.fixtures import Graph

Json = dict[str, object]
Values = Mapping[str, Mapping[str, float | None]]
"""The metrics of people by key."""
NEXT = Statement("MATCH (v:GraphVersion) SET v.version = v.version + 1")
ALL = """query ($day: Date) { filmMetrics(of: [PERSON], first: 1000, asOf: $day) {
    edges { degree inDegree core pageRank brokerage betweenness closeness community node { key } } } }"""
PEOPLE = """query ($where: PersonWhere, $order: [PersonOrder!], $first: Int, $after: String, $last: Int,
    $before: String, $day: Date) {
  people(where: $where, orderBy: $order, first: $first, after: $after, last: $last, before: $before,
      asOf: $day) {
    totalCount nodes { key } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
  }
}"""


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def data(server: Served, document: str, **variables: object) -> Json:
    answer = (await server.post(document, variables)).json()
    assert "errors" not in answer, answer
    return cast(Json, answer["data"])


async def values(server: Served, day: str | None = None) -> Values:
    found = cast("dict[str, list[Json]]", (await data(server, ALL, day=day))["filmMetrics"])
    return {each["node"]["key"]: each for each in found["edges"]}  # type: ignore[index,misc]  # untyped JSON


async def people(server: Served, **variables: object) -> Json:
    return cast(Json, (await data(server, PEOPLE, first=1000, **variables))["people"])


def keys(found: Json) -> list[str]:
    return [each["key"] for each in cast("list[dict[str, str]]", found["nodes"])]


def ordered(known: Values, metric: str, *, falling: bool) -> list[str]:
    def place(key: str) -> tuple[bool, float, str]:
        value = known[key][metric]
        return value is None, (-value if falling else value) if value is not None else 0.0, key

    return sorted(known, key=place)


@pytest.mark.parametrize("metric", ["betweenness", "brokerage", "degree"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_a_list_is_ordered_by_a_metric(server: Served, metric: str, direction: str) -> None:
    found = await people(server, order=[{"metrics": {metric: direction}}])

    assert keys(found) == ordered(await values(server), metric, falling=direction == "DESC")


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_go_on_after_a_value_in_both_directions(server: Served, direction: str) -> None:
    order = [{"metrics": {"brokerage": direction}}]
    wanted = keys(await people(server, order=order))
    forward: list[str] = []
    after: object = None
    while True:
        page = cast(Json, (await data(server, PEOPLE, order=order, first=2, after=after))["people"])
        forward += keys(page)
        info = cast(Json, page["pageInfo"])
        after = info["endCursor"]
        if not info["hasNextPage"]:
            break
    backward: list[str] = []
    before: object = None
    while True:
        page = cast(Json, (await data(server, PEOPLE, order=order, last=2, before=before))["people"])
        backward = keys(page) + backward
        info = cast(Json, page["pageInfo"])
        before = info["startCursor"]
        if not info["hasPreviousPage"]:
            break

    assert forward == backward == wanted


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ({"betweenness": {"gt": 0.01}}, lambda each: each["betweenness"] > 0.01),
        ({"degree": {"in": [2, 3]}}, lambda each: each["degree"] in (2, 3)),
        ({"brokerage": {"isNull": True}}, lambda each: each["brokerage"] is None),
        ({"brokerage": {"ne": 0}}, lambda each: each["brokerage"] not in (None, 0)),
        ({"core": {"gte": 1}, "degree": {"lt": 3}}, lambda each: each["core"] >= 1 and each["degree"] < 3),
        ({}, lambda _each: True),
    ],
)
async def test_a_list_is_filtered_by_metrics(server: Served, where: Json, holds: object) -> None:
    known = await values(server)
    wanted = {key for key, each in known.items() if holds(each)}  # type: ignore[operator]  # untyped JSON
    found = await people(server, where={"metrics": where})
    others = await people(server, where={"not": {"metrics": where}})

    assert set(keys(found)) == wanted
    assert found["totalCount"] == len(wanted)
    assert set(keys(others)) == known.keys() - wanted


async def test_metrics_are_those_of_the_day(server: Served) -> None:
    day = "1972-01-01"
    then, now = await values(server, day), await values(server)
    found = await people(server, where={"metrics": {"degree": {"gte": 3}}}, day=day)

    assert set(keys(found)) == {key for key, each in then.items() if cast(int, each["degree"]) >= 3}
    assert then != now


async def test_relations_are_filtered_and_ordered_by_them_too(server: Served) -> None:
    document = """query ($least: Int!) {
      studios(where: { staff: { some: { node: { metrics: { degree: { gte: $least } } } } } }) {
        nodes { key staff(orderBy: [{ node: { metrics: { degree: DESC } } }]) { nodes { key } } }
      }
    }"""
    known = await values(server)
    for least in (1, 4, 4, 5):
        found = cast("dict[str, list[Json]]", (await data(server, document, least=least))["studios"])
        for studio in found["nodes"]:
            degrees = [cast(int, known[key]["degree"]) for key in keys(cast(Json, studio["staff"]))]
            assert degrees == sorted(degrees, reverse=True)
            assert max(degrees) >= least


async def test_nodes_of_fields_of_our_own_and_tables_know_them(server: Served) -> None:
    known = await values(server)
    listed = await data(
        server,
        """{ filmMetrics(of: [STUDIO], first: 100) { edges { node { key ... on Studio {
            staff(where: { node: { metrics: { degree: { gte: 4 } } } }) { nodes { key } } } } } } }""",
    )
    counted = await data(
        server,
        """{ coverage(
            rows: { by: STUDIO }, columns: { by: FILM }, where: { metrics: { degree: { gte: 4 } } }
          ) {
            cells { people { nodes { key } } } } }""",
    )

    busy = {key for key, each in known.items() if cast(int, each["degree"]) >= 4}
    edges = listed["filmMetrics"]["edges"]  # type: ignore[index]  # untyped JSON
    assert {key for each in edges for key in keys(each["node"]["staff"])} <= busy
    cells = counted["coverage"]["cells"]  # type: ignore[index]  # untyped JSON
    assert cells
    assert {key for each in cells for key in keys(each["people"])} <= busy


async def test_a_repeated_question_sees_the_new_version(server: Served, store: BoltStore) -> None:
    order = [{"metrics": {"degree": "DESC"}}]
    before = [await people(server, order=order) for _ in range(3)]
    loser = keys(before[0])[-1]
    add = f"MATCH (p:Person {{key: '{loser}'}}), (f:Film) CREATE (p)-[:ACTED_IN {{key: 'x' + f.key}}]->(f)"
    await store.write([Statement(add), NEXT])
    await server.api.runtime.versions.committed()
    after = await people(server, order=order)
    await store.write([Statement("MATCH ()-[r:ACTED_IN]->() WHERE r.key STARTS WITH 'x' DELETE r"), NEXT])
    await server.api.runtime.versions.committed()

    assert before[0] == before[1] == before[2]
    assert keys(after)[0] == loser


async def test_a_cursor_of_another_metric_is_refused(server: Served) -> None:
    page = cast(Json, (await data(server, PEOPLE, order=[{"metrics": {"degree": "ASC"}}], first=1))["people"])
    cursor = cast(Json, page["pageInfo"])["endCursor"]
    other = await server.post(PEOPLE, {"order": [{"metrics": {"core": "ASC"}}], "after": cursor})

    assert codes(other) == ["INVALID_CURSOR"]


async def test_what_takes_too_long_is_an_error_of_the_field(store: BoltStore, toy: Graph) -> None:
    async with served(store, measure_seconds=0.001) as impatient:
        answer = await impatient.post(PEOPLE, {"order": [{"metrics": {"degree": "ASC"}}]})

    assert codes(answer) == ["COMPUTATION_TIMEOUT"]
