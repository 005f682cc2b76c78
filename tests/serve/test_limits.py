"""Every limit, refused before anything is executed, by an error that names the limit and the value."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.protocol import Row
from tests.serve.served import FILMS, Served, codes, served
from tests.toy.fixtures import Graph

LIMITS = {
    "max_body_bytes": 5000,
    "max_tokens": 300,
    "max_depth": 5,
    "max_aliases": 3,
    "max_directives": 3,
    "max_root_fields": 4,
    "max_repeats": 3,
    "max_batch": 2,
    "max_page": 20,
    "max_cost": 400,
}


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store, **LIMITS) as found:
        yield found


NESTED = "films { nodes { cast { nodes { name } } } }"
FRAGMENTS = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(20))


@pytest.mark.parametrize(
    ("query", "limit_name", "value"),
    [
        ("{ films { nodes { " + "key " * 400 + "} } }", "tokens", 301),
        ("{ films { nodes { cast { nodes { acted { nodes { key } } } } } } }", "depth", 7),
        ("{ films { nodes { a: key b: key c: key d: key } } }", "aliases", 4),
        ("{ ...F } fragment F on Query { films { nodes { a: key b: key c: key d: key } } }", "aliases", 4),
        ("{ films { nodes { key @a @b @c @d } } }", "directives", 4),
        ("{ " + "".join(f"f{n}: __typename " for n in range(3)) + "__typename films { totalCount } }",
         "root_fields", 5),
        ("{ films { nodes { key key key key } } }", "repeats", 4),
        ("{ ...F0 } " + FRAGMENTS + "fragment F20 on Query { a: __typename }", "aliases", 2**20),
    ],
)  # fmt: skip
async def test_a_document_beyond_a_limit_is_refused(
    server: Served, statements: list[Statement], query: str, limit_name: str, value: int
) -> None:
    before = len(statements)
    answer = await server.post(query, accept="application/graphql-response+json")

    assert answer.status_code == 400
    found = next(
        each["extensions"]
        for each in answer.json()["errors"]
        if each["extensions"].get("limit_name") == limit_name
    )
    assert found["code"] == "LIMIT_EXCEEDED"
    assert (found["value"], found["limit"]) == (value, LIMITS[f"max_{limit_name}"])
    assert [each for each in statements[before:] if "Film" in each.text] == []


async def test_what_keeps_every_limit_is_answered(server: Served) -> None:
    query = "{ a: films(first: 20) { nodes { key key key b: name @include(if: true) } } }"
    answer = await server.post(query)

    assert answer.status_code == 200
    assert "errors" not in answer.json()


@pytest.mark.parametrize("opening", ["{a", "{a(b:[", "query Q($a:[", "{...on Query"])
@pytest.mark.parametrize("times", [100, 600, 3000])
async def test_nesting_without_end_is_refused_without_a_crash(
    store: BoltStore, toy: Graph, opening: str, times: int
) -> None:
    async with served(store) as server:
        answer = await server.post(opening * times)

        assert answer.status_code == 200
        assert codes(answer)[0] in ("LIMIT_EXCEEDED", "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize("times", [50, 400, 2000])
async def test_a_valid_document_nested_without_end_is_refused(
    store: BoltStore, toy: Graph, times: int
) -> None:
    query = "{ a " * times + "}" * times
    async with served(store) as server:
        answer = await server.post(query)

        assert answer.status_code == 200
        assert codes(answer)[0] == "LIMIT_EXCEEDED"


async def test_values_nested_without_end_are_refused(server: Served) -> None:
    body = b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 2000 + b"]" * 2000 + b"}}"
    answer = await server.client.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert codes(answer) == ["MALFORMED_REQUEST"]


@pytest.mark.parametrize("declared", [True, False])
async def test_a_large_body_is_refused(server: Served, declared: bool) -> None:
    body = json.dumps({"query": "{ __typename } #" + "x" * 5000}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    content = body if declared else pieces()
    answer = await server.client.post(
        "/graphql", content=content, headers={"content-type": "application/json"}
    )

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["limit_name"] == "body"


@pytest.mark.parametrize("size", [0, 3, 50])
async def test_a_batch_has_a_limit(server: Served, size: int) -> None:
    answer = await server.client.post("/graphql", json=[{"query": "{ __typename }"}] * size)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["value"] == size


async def test_a_page_has_a_limit(server: Served) -> None:
    answer = await server.post("query Q($n: Int) { films(first: $n) { nodes { key } } }", {"n": 21})

    assert codes(answer) == ["INVALID_PAGE"]
    assert answer.json()["errors"][0]["extensions"]["limit"] == 20


async def test_a_page_without_a_size_keeps_the_limit_too(server: Served) -> None:
    answer = await server.post("{ people { nodes { key } pageInfo { hasNextPage } } }")

    assert len(answer.json()["data"]["people"]["nodes"]) <= 20


COSTLY = """
query Q($n: Int, $m: Int) { films(first: $n) { totalCount nodes { cast(first: $m) { nodes { key } } } } }
"""


async def test_every_answer_says_what_it_could_have_cost(server: Served) -> None:
    # 10 for the count, and 2 films with 3 people each: asked twice, the second time by the short way
    for _ in range(2):
        answer = await server.post(COSTLY, {"n": 2, "m": 3})
        assert answer.json()["extensions"]["cost"] == {"value": 10 + 2 * (1 + 3), "limit": 400}


@pytest.mark.parametrize("first", [True, False])
async def test_an_operation_that_may_cost_too_much_is_not_executed(
    server: Served, statements: list[Statement], first: bool
) -> None:
    if not first:
        await server.post(COSTLY, {"n": 1, "m": 1})
    before = len(statements)
    answer = await server.post(COSTLY, {"n": 20, "m": 20})

    assert codes(answer) == ["LIMIT_EXCEEDED"]
    found = answer.json()["errors"][0]["extensions"]
    assert (found["limit_name"], found["value"], found["limit"]) == ("cost", 10 + 20 * 21, 400)
    assert [each for each in statements[before:] if "Film" in each.text] == []


class _Slow:
    """A store that answers when it is told to."""

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self.go = asyncio.Event()
        self.asked = asyncio.Event()
        self.dialect = store.dialect

    async def read(self, statement: Statement) -> list[Row]:
        self.asked.set()
        await self.go.wait()
        return await self._store.read(statement)


async def test_more_requests_at_once_than_there_are_places_are_sent_away(
    store: BoltStore, toy: Graph
) -> None:
    async with served(store, max_concurrent=1, cache_megabytes=0) as server:
        # given a request that is being answered
        slow = _Slow(store)
        server.api.runtime.store = slow  # type: ignore[assignment]  # it only reads
        first = asyncio.create_task(server.post(FILMS))
        await slow.asked.wait()
        second = await server.post(FILMS)
        slow.go.set()

        # then the second one is told when to come again, and the first is answered
        assert second.status_code == 503
        assert second.headers["retry-after"] == "1"
        assert codes(second) == ["SERVER_BUSY"]
        assert (await first).status_code == 200
        assert (await server.post(FILMS)).status_code == 200


async def test_an_answer_that_takes_too_long_is_given_up(store: BoltStore, toy: Graph) -> None:
    async with served(store, request_seconds=0.2, cache_megabytes=0) as server:
        server.api.runtime.store = _Slow(store)  # type: ignore[assignment]  # it only reads
        answer = await server.post(FILMS)

        assert answer.status_code == 504
        assert codes(answer) == ["REQUEST_TIMEOUT"]
        assert server.api.admission.taken == 0


async def test_a_client_has_a_rate(store: BoltStore, toy: Graph) -> None:
    async with served(store, rate="3/hour") as server:
        answers = [await server.post(FILMS) for _ in range(5)]

        assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
        assert codes(answers[-1]) == ["RATE_LIMITED"]
        assert answers[-1].json()["errors"][0]["extensions"]["limit"] == 3
