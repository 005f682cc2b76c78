"""``filmMetrics`` over HTTP: values, filters, orders, pages, refusals, time limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest

from graph_api.engine.bolt import BoltStore
from tests.serve.served import Served, codes, served
from tests.toy.fixtures import Graph

Json = dict[str, object]
LIST = """query ($kinds: [EntityKind!], $relations: [RelationKind!], $day: Date, $of: [EntityKind!],
    $where: FilmMetricsWhere, $order: [FilmMetricsOrder!], $first: Int, $after: String) {
  filmMetrics(kinds: $kinds, relations: $relations, asOf: $day, of: $of, where: $where, orderBy: $order,
      first: $first, after: $after) {
    totalCount graphVersion nodeCount edgeCount componentCount communityCount modularity stability samples
    betweennessError closenessError
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges {
      cursor degree inDegree outDegree core pageRank component brokerage betweenness closeness community
      node { __typename key }
    }
  }
}"""
WORK = {"relations": ["WORKED_FOR"]}


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def asked(server: Served, **variables: object) -> Json:
    answer = (await server.post(LIST, variables)).json()
    assert "errors" not in answer, answer
    return cast(Json, answer["data"]["filmMetrics"])


def edges(found: Json) -> list[Json]:
    return cast("list[Json]", found["edges"])


def keys(found: Json) -> list[str]:
    return [cast("dict[str, str]", each["node"])["key"] for each in edges(found)]


async def test_nodes_come_with_their_metrics_and_figures_about_all(server: Served) -> None:
    found = await asked(server, first=1000)
    version = (await server.post("{ graph { number } }")).json()["data"]["graph"]["number"]

    assert found["totalCount"] == found["nodeCount"] == len(edges(found))
    assert found["graphVersion"] == version
    assert sum(cast(int, each["degree"]) for each in edges(found)) == 2 * cast(int, found["edgeCount"])
    assert sum(cast(float, each["pageRank"]) for each in edges(found)) == pytest.approx(1)
    degrees = [cast(int, each["degree"]) for each in edges(found)]
    assert degrees == sorted(degrees, reverse=True)
    assert {each["component"] for each in edges(found)} == {*range(1, cast(int, found["componentCount"]) + 1)}
    assert (found["samples"], found["betweennessError"], found["closenessError"]) == (None, None, None)
    assert -1 <= cast(float, found["stability"]) <= 1
    types = {cast("dict[str, str]", each["node"])["__typename"] for each in edges(found)}
    assert types == {"Film", "Person", "Studio"}


async def test_a_network_can_be_chosen_and_filtered(server: Served) -> None:
    work = await asked(server, **WORK, of=["STUDIO"], order=[{"inDegree": "DESC"}])
    then = await asked(server, **WORK, of=["STUDIO"], order=[{"inDegree": "DESC"}], day="1972-01-01")
    busy = await asked(server, **WORK, where={"degree": {"gte": 2}, "core": {"in": [1, 2]}}, first=1000)
    nobody = await asked(server, **WORK, where={"brokerage": {"isNull": True}, "degree": {"eq": 0}}, first=99)
    brokers = await asked(server, **WORK, where={"brokerage": {"gt": 0}})

    assert cast(int, edges(work)[0]["inDegree"]) > cast(int, edges(then)[0]["inDegree"])
    assert cast(int, work["edgeCount"]) > cast(int, then["edgeCount"])
    assert {cast("dict[str, str]", each["node"])["__typename"] for each in edges(work)} == {"Studio"}
    assert edges(busy)
    assert all(cast(int, each["degree"]) >= 2 for each in edges(busy))
    assert all(each["closeness"] == 0 for each in edges(nobody))
    assert "ada" in keys(brokers)


@pytest.mark.parametrize("order", [[{"brokerage": "ASC"}], [{"brokerage": "DESC"}, {"degree": "ASC"}]])
async def test_pages_follow_one_another(server: Served, order: list[Json]) -> None:
    every = await asked(server, order=order, first=1000)
    walked: list[str] = []
    after: object = None
    while True:
        page = await asked(server, order=order, first=4, after=after)
        info = cast(Json, page["pageInfo"])
        assert info["hasPreviousPage"] is bool(walked)
        walked += keys(page)
        after = info["endCursor"]
        if not info["hasNextPage"]:
            break

    assert walked == keys(every)
    known = [each["brokerage"] is not None for each in edges(every)]
    assert known == sorted(known, reverse=True)
    assert not all(known)


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"first": -1}, "INVALID_PAGE"),
        ({"first": 1001}, "INVALID_PAGE"),
        ({"after": "nonsense"}, "INVALID_CURSOR"),
        ({"order": [{"degree": "ASC"}] * 6}, "INVALID_ARGUMENT"),
        ({"order": [{"degree": "ASC", "core": "ASC"}]}, "BAD_USER_INPUT"),
        ({"kinds": ["NO_SUCH"]}, "BAD_USER_INPUT"),
        ({"where": {"fame": {"gt": 1}}}, "BAD_USER_INPUT"),
    ],
)
async def test_a_bad_question_is_refused(server: Served, variables: Json, code: str) -> None:
    assert codes(await server.post(LIST, variables)) == [code]


async def test_a_cursor_is_bound_to_its_question(server: Served) -> None:
    page = await asked(server, first=1)
    cursor = cast(Json, page["pageInfo"])["endCursor"]

    for other in ({"order": [{"degree": "ASC"}]}, {"where": {"degree": {"gt": 0}}}, {"day": "1990-01-01"}):
        assert codes(await server.post(LIST, {"after": cursor, **other})) == ["INVALID_CURSOR"]


async def test_networks_of_nothing(server: Served) -> None:
    alone = await asked(server, kinds=["AWARD"], relations=[])
    nothing = await asked(server, kinds=[], relations=[])

    assert (alone["edgeCount"], alone["modularity"]) == (0, None)
    assert {each["closeness"] for each in edges(alone)} == {0.0}
    assert (edges(nothing), nothing["componentCount"]) == ([], 0)


async def test_a_computation_has_a_limit_of_time(store: BoltStore, toy: Graph) -> None:
    async with served(store, measure_seconds=0.001) as impatient:
        answer = await impatient.post("{ filmMetrics { componentCount } }")

    assert codes(answer) == ["COMPUTATION_TIMEOUT"]
    assert answer.json()["errors"][0]["extensions"]["limit_name"] == "measure_seconds"


async def test_an_operation_pays_for_it(store: BoltStore, toy: Graph) -> None:
    async with served(store, max_cost=900) as poor:
        answer = await poor.post("{ filmMetrics { componentCount } }")

    assert codes(answer) == ["LIMIT_EXCEEDED"]
