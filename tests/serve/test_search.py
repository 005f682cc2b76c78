"""The root field ``search``: hits with their entities, limited, counted, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import cast

import pytest

from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from schema.vocabulary import Role
from tests.serve.served import Served, codes, served
from tests.toy.fixtures import Graph

SEARCH = """query (
  $text: String!, $kinds: [EntityKind!], $within: [String!], $first: Int = 20, $after: String, $asOf: Date
) {
  search(text: $text, kinds: $kinds, within: $within, first: $first, after: $after, asOf: $asOf) {
    totalCount
    facets { name values { key name count } }
    pageInfo { more: hasNextPage hasPreviousPage endCursor }
    edges { cursor score matchedName node { __typename key ... on Film { name } } }
  }
}"""
Answer = dict[str, object]


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def search(server: Served, text: str, **variables: object) -> Answer:
    answer = (await server.post(SEARCH, {"text": text, **variables})).json()
    assert "errors" not in answer, answer
    return cast("Answer", answer["data"]["search"])


def keys(found: Answer) -> list[str]:
    edges = cast("list[dict[str, dict[str, str]]]", found["edges"])
    return [edge["node"]["key"] for edge in edges]


async def test_hits_come_with_their_entities_and_the_name_that_was_found(server: Served) -> None:
    found = await search(server, "merlin und sohne")

    edges = cast("list[dict[str, object]]", found["edges"])
    assert keys(found)[0] == "merlin"
    assert edges[0]["matchedName"] == "Merlin und Söhne"
    assert edges[0]["score"] == pytest.approx(1.0)
    assert found["totalCount"] == len(edges)


async def test_all_entities_of_a_page_are_fetched_by_one_statement(
    server: Served, statements: list[Statement]
) -> None:
    await search(server, "cleo")
    statements.clear()

    # Another page, so that no kept answer serves; what is searched is read already.
    await search(server, "cleo", first=3)

    assert len([each for each in statements if "Person" in each.text]) == 1


async def test_pages_follow_one_another(server: Served) -> None:
    whole = keys(await search(server, "e", first=100))
    seen: list[str] = []
    after, more = None, True
    while more:
        page = await search(server, "e", first=3, after=after)
        info = cast("dict[str, object]", page["pageInfo"])
        assert info["hasPreviousPage"] is (after is not None)
        assert page["totalCount"] == len(whole)
        seen += keys(page)
        after, more = cast(str, info["endCursor"]), cast(bool, info["more"])

    assert len(whole) > 3
    assert seen == whole


async def test_kinds_limit_what_is_found_and_facets_count_it(server: Served) -> None:
    every = await search(server, "e", first=100)
    films = await search(server, "e", first=100, kinds=["FILM"])

    counts = cast("list[dict[str, list[dict[str, object]]]]", every["facets"])[0]["values"]
    [film] = [each["count"] for each in counts if each["key"] == "FILM"]
    assert 0 < cast(int, film) < cast(int, every["totalCount"])
    assert films["totalCount"] == film


@pytest.mark.parametrize("text", ["", "  ", "()", "qqqqqqqqq", "\x00"])
async def test_a_text_that_says_nothing_has_an_empty_answer(server: Served, text: str) -> None:
    found = await search(server, text)

    assert found["totalCount"] == 0
    assert found["edges"] == found["facets"] == []


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"text": "x" * 501}, "INVALID_ARGUMENT"),
        ({"within": ["nowhere"]}, "UNKNOWN_KEY"),
        ({"first": -1}, "INVALID_PAGE"),
        ({"first": 1001}, "INVALID_PAGE"),
        ({"after": "x"}, "INVALID_CURSOR"),
    ],
)
async def test_wrong_arguments_are_typed_errors(
    server: Served, variables: dict[str, object], code: str
) -> None:
    answer = await server.post(SEARCH, {"text": "cleo", **variables})

    assert codes(answer) == [code]
    assert answer.json()["data"] is None


async def test_a_cursor_of_another_search_is_refused(server: Served) -> None:
    page = await search(server, "e", first=1)
    cursor = cast("dict[str, str]", page["pageInfo"])["endCursor"]

    assert codes(await server.post(SEARCH, {"text": "a", "after": cursor})) == ["INVALID_CURSOR"]


async def test_a_write_is_seen(server: Served, store: BoltStore) -> None:
    create = "CREATE (:Person {key: 'zz', name: 'Quidditch', name_folded: 'x', sources: [], synthetic: true})"
    before = await search(server, "quidditch")
    await store.write([Statement(create), raise_version()])
    await server.api.runtime.versions.committed()

    after = await search(server, "quidditch")

    await store.write([Statement("MATCH (p:Person {key: 'zz'}) DETACH DELETE p"), raise_version()])
    await server.api.runtime.versions.committed()
    assert (keys(before), keys(after)) == ([], ["zz"])


async def test_the_seeds_are_searched_in_every_language_and_within_hierarchies(seeded_graph: Graph) -> None:
    found = await seeded_graph.data(
        """{
          turkey: search(text: "Турция", first: 1) { edges { matchedName node { key } } }
          africa: search(text: "demo", kinds: [ORGANIZATION], within: ["AFRICA"], first: 100) {
            totalCount
            edges { node { ... on Organization { country { ancestors { nodes { key } } } } } }
          }
          both: search(text: "demo", kinds: [ORGANIZATION], within: ["AFRICA", "TIP"]) { totalCount }
        }"""
    )

    turkey, africa, both = (cast("dict[str, object]", found[name]) for name in ("turkey", "africa", "both"))
    assert turkey["edges"] == [{"matchedName": "Турция", "node": {"key": "TUR"}}]
    for edge in cast("list[dict[str, dict[str, dict[str, object]]]]", africa["edges"]):
        above = cast("dict[str, list[dict[str, str]]]", edge["node"]["country"]["ancestors"])["nodes"]
        assert "AFRICA" in {each["key"] for each in above}
    assert 0 < cast(int, both["totalCount"]) < cast(int, africa["totalCount"])


async def test_as_of_a_day_only_relations_of_then_say_where_something_lies(seeded_graph: Graph) -> None:
    found = await seeded_graph.data(
        """query ($day: Date!) {
          now: search(text: "demo", kinds: [ORGANIZATION], within: ["TIP"], first: 1) {
            totalCount edges { node { ... on Organization { themes { totalCount } } } }
          }
          then: search(text: "demo", kinds: [ORGANIZATION], within: ["TIP"], first: 1, asOf: $day) {
            totalCount
          }
          seen: search(text: "demo", kinds: [ORGANIZATION], first: 100, asOf: $day) {
            edges { node { ... on Organization { memberships { totalCount } } } }
          }
        }""",
        {"day": "1990-01-01"},
    )

    now, then = (cast("dict[str, int]", found[name])["totalCount"] for name in ("now", "then"))
    assert then <= now
    seen = cast("dict[str, list[dict[str, dict[str, dict[str, int]]]]]", found["seen"])["edges"]
    assert {edge["node"]["memberships"]["totalCount"] for edge in seen} == {0}


async def test_what_a_role_does_not_see_is_not_found(seeded_graph: Graph) -> None:
    query = '{ search(text: "JUDGEMENT", kinds: [IDENTITY_JUDGEMENT, APPLICATION]) { totalCount } }'
    named = '{ search(text: "La Strada", kinds: [IDENTITY_JUDGEMENT]) { totalCount facets { name } } }'

    public = await seeded_graph.data(named)
    researcher = await replace(seeded_graph, role=Role.RESEARCHER.name).data(named)

    assert (await seeded_graph.data(query))["search"] == {"totalCount": 0}
    assert public["search"] == {"totalCount": 0, "facets": []}
    assert cast("dict[str, int]", researcher["search"])["totalCount"] > 0
