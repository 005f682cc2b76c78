"""Restricted nodes over HTTP: who may not see one is answered as if it were not there, from the commit on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from graph_api.access.keys import create_key
from graph_api.changes.version import raise_version, set_restricted
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.ontology.model import RESTRICTED_LEVEL
from tests.serve.served import Json, Served, served
from tests.toy.fixtures import Graph
from tests.toy.ontology import TOY

GUARDED = replace(TOY, roles=("PUBLIC", "STAFF", "CHIEF"))
FILMS = """query ($key: String!) {
  film(key: $key) { key } films(where: { key: { eq: $key } }) { totalCount } person(key: "ada") {
    roles(where: { node: { key: { eq: $key } } }) { totalCount }
  }
}"""
SEEN = {
    "film": {"key": "alba"},
    "films": {"totalCount": 1},
    "person": {"roles": {"totalCount": 2}},
}
HIDDEN = {"film": None, "films": {"totalCount": 0}, "person": {"roles": {"totalCount": 0}}}


def level(key: str, value: int | None) -> Statement:
    return Statement(
        f"MATCH (f:Film {{key: $key}}) SET f.{RESTRICTED_LEVEL} = $level", {"key": key, "level": value}
    )


def guarded(store: BoltStore) -> AbstractAsyncContextManager[Served]:
    """A server that learns of commits only when it is told."""
    ontology = "tests.serve.test_restricted:GUARDED"
    return served(store, ontology=ontology, version_seconds=3600, auth="keys")


async def commit(store: BoltStore, *statements: Statement) -> None:
    await store.write([raise_version(), *statements])


@pytest.fixture
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    await commit(store)
    async with guarded(store) as found:
        yield found
    await commit(store, level("alba", None), set_restricted([]))


async def asked(server: Served, **headers: str) -> Json:
    answer = await server.post(FILMS, {"key": "alba"}, **headers)
    assert "errors" not in answer.json(), answer.text
    found: Json = answer.json()["data"]
    return found


async def figures(server: Served) -> dict[str, int]:
    """What the landing page says of the graph's size."""
    page = (await server.client.get("/")).text
    found = re.findall(r"<dt>(\w+)</dt><dd>([\d,]+)</dd>", page)
    return {label: int(value.replace(",", "")) for label, value in found}


async def test_a_node_is_hidden_and_shown_by_the_commits_that_say_so(
    server: Served, store: BoltStore
) -> None:
    # Given an answer that is known, planned and kept.
    assert await asked(server) == await asked(server) == SEEN
    # When the node is restricted, then the next answer knows nothing of it.
    await commit(store, level("alba", 1), set_restricted(["Film"]))
    await server.api.runtime.versions.committed()
    assert await asked(server) == HIDDEN
    # And when it is no more, it is there again.
    await commit(store, level("alba", None), set_restricted([]))
    await server.api.runtime.versions.committed()
    assert await asked(server) == SEEN


async def test_each_role_sees_what_its_level_allows(server: Served, store: BoltStore) -> None:
    await commit(store, level("alba", 2), set_restricted(["Film"]))
    await server.api.runtime.versions.committed()
    found = []
    for role in GUARDED.roles[1:]:
        made = await create_key(store, GUARDED, role, f"one of {role}")
        await server.api.runtime.versions.committed()
        found.append(await asked(server, authorization=f"Bearer {made}"))

    assert [await asked(server), *found] == [HIDDEN, HIDDEN, SEEN]


async def test_the_short_way_and_the_whole_pipeline_agree(server: Served, store: BoltStore) -> None:
    await commit(store, level("alba", 1), set_restricted(["Film"]))
    await server.api.runtime.versions.committed()
    server.api.cache.capacity = 0

    answers = [await asked(server) for _ in range(3)]

    assert answers == [HIDDEN] * 3
    assert server.api.runtime.lane.taken == 2


async def test_other_kinds_keep_their_statements(
    server: Served, store: BoltStore, statements: list[Statement]
) -> None:
    studios = "{ studios { totalCount nodes { key seat { key } } } }"
    await server.post(studios)
    before = statements[-1]
    await commit(store, level("alba", 1), set_restricted(["Film"]))
    await server.api.runtime.versions.committed()
    await server.post(studios)

    assert statements[-1].text.replace("$p1", "$p0") == before.text
    assert "restricted_level" not in before.text


async def test_a_server_that_starts_knows_what_is_restricted(store: BoltStore, toy: Graph) -> None:
    async with guarded(store) as early:
        shown = await figures(early)
    await commit(store, level("alba", 1), set_restricted(["Film"]))
    async with guarded(store) as late:
        assert await asked(late) == HIDDEN
        hidden = await figures(late)
    await commit(store, level("alba", None), set_restricted([]))

    assert hidden["nodes"] == shown["nodes"] - 1
    assert hidden["edges"] < shown["edges"]
