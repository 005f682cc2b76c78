"""Faults of clients that once looked like faults of the server; the attacks found them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graph_api.engine.bolt import BoltStore
from tests.serve.served import FILMS, Json, Served, codes, served
from tests.toy.fixtures import Graph

ORDERED = "query Q($order: [FilmOrder!]) { films(orderBy: $order) { totalCount } }"


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ films(orderBy: [{ name: ASC, minutes: ASC }]) { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ films(orderBy: {}) { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query Q($d: OrderDirection) { films(orderBy: { name: $d }) { totalCount } }", {}, "BAD_USER_INPUT"),
        (ORDERED, {"order": [{"name": "ASC", "minutes": "ASC"}]}, "BAD_USER_INPUT"),
        (ORDERED, {"order": [{"name": None}]}, "BAD_USER_INPUT"),
        ('query Q($a: String = "Film") { __type(name: $a) { name } }', {"a": None}, "BAD_USER_INPUT"),
        ("{ films(first: " + "9" * 5000 + ") { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query Q($n: Int = " + "9" * 5000 + ") { films(first: $n) { totalCount } }", {},
         "GRAPHQL_VALIDATION_FAILED"),
    ],
)  # fmt: skip
async def test_a_wrong_value_is_the_clients_fault(
    server: Served, query: str, variables: Json, code: str
) -> None:
    answer = await server.post(query, variables)

    assert set(codes(answer)) == {code}, answer.text
    assert "sys." not in answer.text


async def test_variables_without_end_are_refused(server: Served) -> None:
    deep: object = 1
    for _ in range(500):
        deep = [deep]
    by_post = await server.post("query Q($a: Int) { films(first: $a) { totalCount } }", {"a": deep})
    by_get = await server.client.get(
        "/graphql", params={"query": FILMS, "variables": '{"a": ' + "[" * 500 + "]" * 500 + "}"}
    )

    assert (by_post.status_code, by_get.status_code) == (400, 400)
    assert codes(by_post) == codes(by_get) == ["MALFORMED_REQUEST"]
