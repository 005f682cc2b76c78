"""Answers that are kept: never past a commit, never for another viewer, never without being right."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import AsyncIterator

import orjson
import pytest

from graph_api.access.viewer import Viewer
from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import DatabaseUnreachableError
from graph_api.serve.operations.response_cache import ResponseCache
from graph_api.serve.versions import VersionWatch
from tests.serve.served import Served, served
from tests.toy.fixtures import Graph

STUDIO = "query Q($key: String!) { studio(key: $key) { name stages } }"
RENAME = Statement("MATCH (s:Studio {key: $key}) SET s.stages = s.stages + 1 RETURN s.key", {"key": "lumen"})


@pytest.fixture
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    await store.write([raise_version()])
    # so rarely that only commits tell of new versions
    async with served(store, version_seconds=3600) as found:
        yield found


def about(statements: list[Statement], label: str) -> int:
    return sum(label in each.text for each in statements)


async def stages(server: Served) -> int:
    answer = await server.post(STUDIO, {"key": "lumen"})
    return int(answer.json()["data"]["studio"]["stages"])


async def test_a_repeated_read_does_not_touch_the_database(
    server: Served, statements: list[Statement]
) -> None:
    first = await server.post(STUDIO, {"key": "lumen"})
    asked = len(statements)
    again = await server.post(STUDIO, {"key": "lumen"})
    spaced = await server.client.post(
        "/graphql",
        content=b'{ "variables" : {"key":"lumen"}, "query":' + json.dumps(STUDIO).encode() + b" }",
        headers={"content-type": "application/json"},
    )

    assert first.content == again.content == spaced.content
    assert len(statements) == asked


async def test_a_commit_is_seen_by_the_next_read(server: Served, store: BoltStore) -> None:
    before = await stages(server)
    await store.write([RENAME, raise_version()])
    await server.api.runtime.versions.committed()

    assert await stages(server) == before + 1


async def test_what_another_server_committed_is_seen_within_the_interval(
    store: BoltStore, toy: Graph, statements: list[Statement]
) -> None:
    await store.write([raise_version()])
    async with served(store, version_seconds=0.05) as server:
        before = await stages(server)
        # given a commit that nobody tells this server of
        await store.write([RENAME, raise_version()])
        version = await anext(
            each async for each in server.api.runtime.versions.follow() if each.number >= await number(store)
        )

        assert version is not None
        assert await stages(server) == before + 1


async def number(store: BoltStore) -> int:
    rows = await store.read(Statement("MATCH (v:GraphVersion) RETURN v.version"))
    return int(str(rows[0][0]))


async def test_other_variables_names_and_roles_have_answers_of_their_own(
    server: Served, monkeypatch: pytest.MonkeyPatch, statements: list[Statement]
) -> None:
    both = 'query A { studio(key: "lumen") { key } } query B { studio(key: "NOBODY") { key } }'
    await server.post(STUDIO, {"key": "lumen"})
    other = await server.post(STUDIO, {"key": "NOBODY"})
    first = await server.client.post("/graphql", json={"query": both, "operationName": "A"})
    second = await server.client.post("/graphql", json={"query": both, "operationName": "B"})

    assert other.json()["data"] == {"studio": None}
    assert first.json() != second.json()

    class Somebody:
        async def viewer(self, _authorization: str | None) -> Viewer:
            return Viewer("another", "somebody")

    asked = about(statements, "Studio")
    monkeypatch.setattr(server.api, "authenticator", Somebody())
    await server.post(STUDIO, {"key": "lumen"})
    assert about(statements, "Studio") > asked


async def test_an_answer_with_an_error_is_not_kept(server: Served, statements: list[Statement]) -> None:
    query = "{ films(first: 5000) { totalCount } }"
    for _ in range(2):
        assert (await server.post(query)).json()["errors"]
    assert len(server.api.cache.entries) == 0


async def test_without_a_certain_version_every_read_asks_the_database(
    server: Served, statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a graph whose version cannot be read
    async def unreachable(self: VersionWatch) -> None:
        raise DatabaseUnreachableError("Nobody answers.")

    monkeypatch.setattr(VersionWatch, "ask", unreachable)
    monkeypatch.setattr(VersionWatch, "current", lambda self: None)
    for _ in range(2):
        asked = about(statements, "Studio")
        answer = await server.post(STUDIO, {"key": "lumen"})
        assert "errors" not in answer.json()
        assert about(statements, "Studio") == asked + 1


async def test_a_cache_of_no_size_keeps_nothing(
    store: BoltStore, toy: Graph, statements: list[Statement]
) -> None:
    async with served(store, cache_megabytes=0) as server:
        for _ in range(2):
            asked = about(statements, "Studio")
            await server.post(STUDIO, {"key": "lumen"})
            assert about(statements, "Studio") == asked + 1


def test_the_longest_unused_is_forgotten_when_the_cache_is_full() -> None:
    cache = ResponseCache(capacity=16_000)
    for name in "abcdefghi":
        cache.put((name,), 1, b"x" * 1400)
        cache.get(("a",), 1)

    assert cache.get(("a",), 1) == b"x" * 1400
    assert cache.get(("b",), 1) is None
    assert cache.size <= 16_000
    assert cache.size == sum(each.size for each in cache.entries.values())


def test_an_answer_of_another_version_is_not_used() -> None:
    cache = ResponseCache(capacity=16_000)
    cache.put(("a",), 1, b"old")
    assert cache.get(("a",), 2) is None
    cache.put(("a",), 2, b"new")
    assert cache.get(("a",), 2) == b"new"
    assert len(cache.entries) == 1


def test_a_very_large_answer_is_not_kept() -> None:
    cache = ResponseCache(capacity=16_000)
    cache.put(("a",), 1, b"x" * 3000)
    assert cache.get(("a",), 1) is None


def test_short_answers_and_long_questions_take_no_more_than_the_cache_says() -> None:
    cache = ResponseCache(capacity=2_000_000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]

    for number in range(5000):
        cache.put((f"{number} " + "long " * 100, None, "", "PUBLIC"), 1, orjson.dumps({"data": number}))
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert len(cache.entries) > 1000
    assert taken <= cache.size
