"""The root field ``duplicates``: pairs with reasons, their records fetched by the compiler, page by page."""

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

TWINS = [
    ("d1", "Dora Quill Inc"),
    ("d2", "Dora Quill"),
    ("d3", "Quill Dora"),
    ("e1", "Émile Zsófi"),
    ("e2", "Emile Zsofi"),
]
CREATE = Statement(
    "UNWIND $rows AS row CREATE (:Person {key: row[0], name: row[1], name_folded: row[1], sources: [], "
    "synthetic: true})",
    {"rows": [list(row) for row in TWINS]},
)
PAIRS = """query ($kind: String, $key: String, $threshold: Float = 0.9, $first: Int = 20, $after: String) {
  duplicates(kind: $kind, key: $key, threshold: $threshold, first: $first, after: $after) {
    totalCount
    pageInfo { more: hasNextPage hasPreviousPage endCursor }
    pairs { id score reasons { kind contribution } entities { __typename key ... on Person { name } } }
  }
}"""


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    await store.write([CREATE])
    async with served(store) as found:
        yield found


async def pairs(server: Served, **variables: object) -> dict[str, object]:
    answer = (await server.post(PAIRS, variables)).json()
    assert "errors" not in answer, answer
    return cast("dict[str, object]", answer["data"]["duplicates"])


def keys(found: dict[str, object]) -> list[tuple[str, ...]]:
    listed = cast("list[dict[str, list[dict[str, str]]]]", found["pairs"])
    return [tuple(sorted(each["key"] for each in pair["entities"])) for pair in listed]


async def test_pairs_come_with_their_records_and_reasons(server: Served) -> None:
    found = await pairs(server)

    assert set(keys(found)) == {("d1", "d2"), ("d1", "d3"), ("d2", "d3"), ("e1", "e2")}
    assert found["totalCount"] == 4
    listed = cast("list[dict[str, object]]", found["pairs"])
    assert len({each["id"] for each in listed}) == 4
    for pair in listed:
        reasons = cast("list[dict[str, float]]", pair["reasons"])
        assert sum(each["contribution"] for each in reasons) == pytest.approx(pair["score"])


async def test_all_records_of_a_field_are_fetched_by_one_statement(
    server: Served, statements: list[Statement]
) -> None:
    await pairs(server)
    statements.clear()

    await pairs(server, first=3)

    assert len([each for each in statements if "Person" in each.text]) == 1


async def test_pages_follow_one_another(server: Served) -> None:
    whole = keys(await pairs(server))
    seen: list[tuple[str, ...]] = []
    after, more = None, True
    while more:
        page = await pairs(server, first=3, after=after)
        info = cast("dict[str, object]", page["pageInfo"])
        assert info["hasPreviousPage"] is (after is not None)
        seen += keys(page)
        after, more = cast(str, info["endCursor"]), cast(bool, info["more"])

    assert seen == whole
    assert cast("dict[str, object]", (await pairs(server, first=0))["pageInfo"])["endCursor"] is None


async def test_pairs_of_one_record(server: Served) -> None:
    assert set(keys(await pairs(server, key="d1"))) == {("d1", "d2"), ("d1", "d3")}
    assert keys(await pairs(server, kind="studios")) == []


async def test_aliases_directives_and_variables_reach_the_records(server: Served) -> None:
    query = """query ($with: Boolean!, $first: Int!) {
      one: duplicates(key: "e1") {
        pairs { who: entities { ... on Person { a: name b: name @include(if: $with) } } }
      }
      two: duplicates(key: "e1") {
        pairs { entities { ... on Person { name roles(first: $first) { totalCount } } __typename } }
      }
    }"""

    answer = (await server.post(query, {"with": False, "first": 1})).json()
    other = (await server.post(query, {"with": True, "first": 1})).json()

    assert answer["data"]["one"]["pairs"] == [{"who": [{"a": "Émile Zsófi"}, {"a": "Emile Zsofi"}]}]
    assert other["data"]["one"]["pairs"][0]["who"][0] == {"a": "Émile Zsófi", "b": "Émile Zsófi"}
    assert answer["data"]["two"]["pairs"][0]["entities"][0] == {
        "name": "Émile Zsófi",
        "roles": {"totalCount": 0},
        "__typename": "Person",
    }


async def test_a_field_of_the_graph_stands_beside_it(server: Served) -> None:
    answer = (await server.post('{ person(key: "d2") { name } duplicates(key: "d2") { totalCount } }')).json()

    assert answer["data"] == {"person": {"name": "Dora Quill"}, "duplicates": {"totalCount": 2}}


async def test_records_cost_what_they_cost_in_a_list(server: Served, store: BoltStore) -> None:
    cost = (await server.post(PAIRS, {})).json()["extensions"]["cost"]["value"]
    assert cost >= 5

    async with served(store, max_cost=cost - 1) as strict:
        refused = await strict.post(PAIRS, {})

    assert "LIMIT_EXCEEDED" in codes(refused)


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"kind": "films"}, "INVALID_ARGUMENT"),
        ({"key": "nobody"}, "UNKNOWN_KEY"),
        ({"threshold": 0.1}, "INVALID_ARGUMENT"),
        ({"threshold": 1.1}, "INVALID_ARGUMENT"),
        ({"first": -1}, "INVALID_PAGE"),
        ({"first": 1001}, "INVALID_PAGE"),
        ({"after": "x"}, "INVALID_CURSOR"),
    ],
)
async def test_wrong_arguments_are_typed_errors(
    server: Served, variables: dict[str, object], code: str
) -> None:
    answer = await server.post(PAIRS, variables)

    assert codes(answer) == [code]
    assert answer.json()["data"] is None


async def test_a_cursor_of_another_question_is_refused(server: Served) -> None:
    page = await pairs(server, first=1)
    cursor = cast("dict[str, str]", page["pageInfo"])["endCursor"]

    answer = await server.post(PAIRS, {"after": cursor, "threshold": 0.8})

    assert codes(answer) == ["INVALID_CURSOR"]


async def test_a_write_is_seen(server: Served, store: BoltStore) -> None:
    before = await pairs(server, key="e1")
    await store.write([Statement(CREATE.text, {"rows": [["e3", "EMILE ZSOFI"]]}), raise_version()])
    await server.api.runtime.versions.committed()

    after = await pairs(server, key="e1")

    await store.write([Statement("MATCH (p:Person {key: 'e3'}) DETACH DELETE p"), raise_version()])
    await server.api.runtime.versions.committed()
    assert keys(after) == [*keys(before), ("e1", "e3")]


async def test_judged_pairs_are_left_out_for_those_who_may_see_judgements(seeded_graph: Graph) -> None:
    total = "threshold: 0.9, judged: {}) {{ totalCount }}"
    query = f"{{ duplicates({total.format('false')} all: duplicates({total.format('true')} }}"

    public = await seeded_graph.data(query)
    researcher = await replace(seeded_graph, role=Role.RESEARCHER.name).data(query)

    assert public["duplicates"] == public["all"] == researcher["all"]
    open_ = cast("dict[str, int]", researcher["duplicates"])["totalCount"]
    assert 0 < open_ < cast("dict[str, int]", researcher["all"])["totalCount"]


async def test_the_entities_of_the_seeds_are_selectable(seeded_graph: Graph) -> None:
    found = await replace(seeded_graph, role=Role.RESEARCHER.name).data(
        "{ duplicates { pairs { entities { key sources { key } ... on RegisterEntry { register } } } } }"
    )

    nodes = cast("dict[str, list[dict[str, list[dict[str, object]]]]]", found["duplicates"])["pairs"]
    strada = next(
        each["entities"] for each in nodes if each["entities"][0]["key"] == "ORG-LA-STRADA-INTERNATIONAL"
    )
    assert strada[1]["register"] == "ECOSOC consultative status"
    assert strada[0]["sources"]
    assert strada[1]["sources"]
