"""Old keys over HTTP: wherever a client gives one, the node is found that has the key's place now."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from graph_api.changes.redirects import put_redirect, remove_redirect
from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.plan.global_id import encode_id
from tests.serve.served import Json, Served, codes, served
from tests.toy.fixtures import Graph

FILM = "query ($key: String!) { film(key: $key) { key name } }"
# The graph has a city, an award and a film that share no key with these.
MERGES = (("Film", "dawn", "alba"), ("Film", "dusk", "dawn"), ("Land", "Shore", "Coast"))
CLEAN = Statement("MATCH (r:Redirect) DELETE r")


@pytest.fixture
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    """The films after three merges, one of them into what was merged itself later."""
    await put(store, *(each for merge in MERGES for each in put_redirect(*merge)))
    async with served(store, version_seconds=3600) as found:
        yield found
    await put(store, CLEAN, *remove_redirect("Film", "dawn"))


async def put(store: BoltStore, *statements: Statement) -> None:
    await store.write([*statements, raise_version()])


async def data(server: Served, query: str, **variables: object) -> Json:
    answer = await server.post(query, variables)
    assert not codes(answer), answer.text
    found: Json = answer.json()["data"]
    return found


def keys(found: object) -> Sequence[str]:
    return [node["key"] for node in found["nodes"]]  # type: ignore[index]  # JSON


@pytest.mark.parametrize("old", ["dawn", "dusk"])
async def test_a_node_found_by_an_old_key_says_its_new_one(server: Served, old: str) -> None:
    found = await data(
        server,
        """query ($key: String!, $full: String!, $id: ID!, $ids: [ID!]!) {
          film(key: $key) { key }
          any: thing(key: $key) { key __typename }
          full: thing(key: $full) { key }
          wide: thing(key: "Thing:dusk") { key }
          node(id: $id) { id ... on Film { key } }
          nodes(ids: $ids) { id }
        }""",
        key=old,
        full=f"Film:{old}",
        id=encode_id("Film", old),
        ids=[encode_id("Film", old), encode_id("Person", old), encode_id("Film", "alba")],
    )

    alba = encode_id("Film", "alba")
    assert found == {
        "film": {"key": "alba"},
        # An award has this key too, but never had the old one.
        "any": {"key": "alba", "__typename": "Film"},
        "full": {"key": "alba"},
        "wide": {"key": "alba"},
        "node": {"id": alba, "key": "alba"},
        "nodes": [{"id": alba}, None, {"id": alba}],
    }


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"key": {"eq": "dusk"}}, ["alba"]),
        ({"key": {"in": ["dusk", "brook"]}}, ["alba", "brook"]),
        ({"key": {"in": ["dusk"], "eq": "alba"}}, ["alba"]),
        ({"key": {"ne": "dusk"}, "genre": {"eq": "DRAMA"}}, ["aeon"]),
        ({"settings": {"some": {"node": {"within": ["Shore"]}}}}, ["alba"]),
        ({"settings": {"some": {"node": {"key": {"eq": "Shore"}}}}}, ["alba"]),
        ({"settings": {"some": {"node": {"land": {"key": {"in": ["Shore"]}}}}}}, ["alba"]),
        ({"settings": {"some": {"node": {"city": {"key": {"in": ["Shore"]}}}}}}, []),
    ],
)
async def test_filters_follow_redirects(server: Served, where: Json, expected: list[str]) -> None:
    query = "query ($where: FilmWhere) { films(where: $where) { nodes { key } } }"

    found = keys((await data(server, query, where=where))["films"])

    assert [key for key in found if key in ("alba", "aeon", "brook")] == expected


async def test_literals_follow_redirects_too(server: Served) -> None:
    found = await data(server, '{ films(where: { key: { eq: "dusk" } }) { nodes { key } } }')

    assert keys(found["films"]) == ["alba"]


async def test_a_key_of_another_kind_is_not_an_old_one(server: Served, store: BoltStore) -> None:
    # Given a city with the key that a film had.
    await put(store, *put_redirect("Film", "Brigg", "brook"))
    await server.api.runtime.versions.committed()
    # When any kind may be meant, then it is as ambiguous as it was before the merge.
    answer = await server.post('{ thing(key: "Brigg") { key } }')
    assert codes(answer) == ["AMBIGUOUS_KEY"]
    assert "'Brigg'" in answer.text
    # And when the kind is said, each has its own.
    found = await data(server, '{ city(key: "Brigg") { key } film(key: "Brigg") { key } }')
    assert found == {"city": {"key": "Brigg"}, "film": {"key": "brook"}}


async def test_an_unknown_key_is_named_as_it_was_given(server: Served, store: BoltStore) -> None:
    await put(store, *put_redirect("Land", "Atlantis", "Deep"))
    await server.api.runtime.versions.committed()

    answer = await server.post('{ lands(where: { within: ["Shore", "Atlantis"] }) { nodes { key } } }')

    assert codes(answer) == ["UNKNOWN_KEY"]
    assert "Atlantis" in answer.text
    assert "Deep" not in answer.text


async def test_a_redirect_costs_the_database_nothing(server: Served, statements: list[Statement]) -> None:
    await server.post(FILM, {"key": "alba"})
    await server.post(FILM, {"key": "dusk"})

    new, old = statements[-2:]
    assert new == old


async def test_redirects_are_seen_at_the_next_read_and_gone_at_the_one_after(
    server: Served, store: BoltStore
) -> None:
    # Given a key that leads nowhere.
    assert (await data(server, FILM, key="stream"))["film"] is None
    any_kind = '{ thing(key: "stream") { key } }'
    assert (await data(server, any_kind))["thing"] is None
    # When it is put, then both ways to ask follow it.
    await put(store, *put_redirect("Film", "stream", "brook"))
    await server.api.runtime.versions.committed()
    assert (await data(server, FILM, key="stream"))["film"] == {"key": "brook", "name": "The Brook"}
    assert (await data(server, any_kind))["thing"] == {"key": "brook"}
    # And when it is taken back, neither does.
    await put(store, *remove_redirect("Film", "stream"))
    await server.api.runtime.versions.committed()
    assert (await data(server, FILM, key="stream"))["film"] is None
    assert (await data(server, any_kind))["thing"] is None


async def test_taking_back_a_later_merge_leaves_the_earlier_one(server: Served, store: BoltStore) -> None:
    await put(store, *put_redirect("Film", "alba", "aeon"))
    await server.api.runtime.versions.committed()
    later = (await data(server, FILM, key="dusk"))["film"]

    await put(store, *remove_redirect("Film", "alba"))
    await server.api.runtime.versions.committed()

    assert later == {"key": "aeon", "name": "Æon"}
    assert (await data(server, FILM, key="dusk"))["film"] == {"key": "alba", "name": "Alba"}


async def test_another_server_sees_a_redirect_within_the_interval(store: BoltStore, toy: Graph) -> None:
    await put(store)
    async with served(store, version_seconds=0.05) as other:
        versions = other.api.runtime.versions
        seen = (await versions.ask()).redirects  # type: ignore[union-attr]  # it was written
        await put(store, *put_redirect("Film", "stream", "brook"))
        async for version in versions.follow():
            if version.redirects != seen:
                break

        assert (await data(other, FILM, key="stream"))["film"] == {"key": "brook", "name": "The Brook"}
    await put(store, *remove_redirect("Film", "stream"))
