"""Subscriptions over WebSockets and server-sent events: what arrives, what is refused, how they end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from graph_api.access.viewer import Viewer
from graph_api.changes.version import raise_version
from graph_api.engine.bolt import BoltStore
from graph_api.errors import UnauthenticatedError
from graph_api.serve.http import live
from tests.serve.served import FILMS, Json, Served, served
from tests.toy.fixtures import Graph

FOLLOW = "subscription { graphVersion { number } }"
PROTOCOL = Subprotocol("graphql-transport-ws")


@pytest.fixture
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    await store.write([raise_version()])
    async with served(store, max_subscriptions=2, max_connections=3) as found:
        yield found


@asynccontextmanager
async def connected(
    server: Served, *, started: bool = True, **payload: object
) -> AsyncIterator[ClientConnection]:
    address = f"ws://127.0.0.1:{server.port}/graphql"
    async with connect(address, subprotocols=[PROTOCOL]) as socket:
        if started:
            await say(socket, {"type": "connection_init", "payload": payload})
            assert (await hear(socket))["type"] == "connection_ack"
        yield socket


async def say(socket: ClientConnection, message: object) -> None:
    await socket.send(json.dumps(message))


async def hear(socket: ClientConnection) -> Json:
    async with asyncio.timeout(20):
        found: Json = json.loads(await socket.recv())
    return found


def subscribe(query: str, identity: str = "1") -> Json:
    return {"type": "subscribe", "id": identity, "payload": {"query": query}}


async def commit(server: Served, store: BoltStore) -> None:
    await store.write([raise_version()])
    await server.api.runtime.versions.committed()


def number(message: Json) -> int:
    return int(message["payload"]["data"]["graphVersion"]["number"])  # type: ignore[index]


async def test_a_subscription_tells_the_version_now_and_after_each_commit(
    server: Served, store: BoltStore
) -> None:
    async with connected(server) as socket:
        await say(socket, subscribe(FOLLOW))
        first = await hear(socket)
        await commit(server, store)
        second = await hear(socket)

        assert (first["type"], first["id"]) == ("next", "1")
        assert number(second) == number(first) + 1

        # and none after the client has had enough
        await say(socket, {"type": "complete", "id": "1"})
        await say(socket, {"type": "ping"})
        assert (await hear(socket))["type"] == "pong"
        await commit(server, store)
        await say(socket, {"type": "ping"})
        assert (await hear(socket))["type"] == "pong"


async def test_a_query_is_answered_once(server: Served) -> None:
    async with connected(server) as socket:
        await say(socket, subscribe(FILMS))
        answer, end = await hear(socket), await hear(socket)

        assert answer["payload"]["data"]["films"]["nodes"]  # type: ignore[index]
        assert end == {"type": "complete", "id": "1"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ films { nodes { " + "key " * 11 + "} } }", "LIMIT_EXCEEDED"),
        ("subscription { graphVersion { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_is_refused_is_an_error_and_the_connection_goes_on(
    server: Served, query: str, code: str
) -> None:
    async with connected(server) as socket:
        await say(socket, subscribe(query))
        refused = await hear(socket)
        await say(socket, subscribe(FILMS))
        answer = await hear(socket)

        assert refused["type"] == "error"
        assert [each["extensions"]["code"] for each in refused["payload"]] == [code]  # type: ignore[attr-defined]
        assert answer["type"] == "next"


async def close_code(socket: ClientConnection) -> int:
    try:
        while True:
            await hear(socket)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"type": "nonsense"}], 4400),
        ([{"no": "type"}], 4400),
        ([subscribe(FOLLOW)], 4401),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "connection_init"}, subscribe(FOLLOW), subscribe(FOLLOW)], 4409),
        ([{"type": "connection_init", "payload": []}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "id": "1"}], 4400),
    ],
)
async def test_who_breaks_the_protocol_is_disconnected_with_its_code(
    server: Served, messages: list[Json], code: int
) -> None:
    async with connected(server, started=False) as socket:
        for each in messages:
            await say(socket, each)
        assert await close_code(socket) == code


@pytest.mark.parametrize("frame", [b"binary", "no json", "[]", "7", '"text"', "null"])
async def test_frames_that_are_no_messages_end_the_connection(server: Served, frame: bytes | str) -> None:
    async with connected(server, started=False) as socket:
        await socket.send(frame)
        assert await close_code(socket) == 4400


@pytest.mark.parametrize(
    "payload", [7, [], {"query": 7}, {"query": None}, {"query": "{ __typename }", "variables": []}]
)
async def test_a_subscription_of_wrong_types_ends_the_connection(server: Served, payload: object) -> None:
    async with connected(server) as socket:
        await say(socket, {"type": "subscribe", "id": "1", "payload": payload})
        assert await close_code(socket) == 4400


async def test_who_does_not_introduce_itself_is_disconnected(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "INIT_SECONDS", 0.05)
    async with connected(server, started=False) as socket:
        assert await close_code(socket) == 4408


async def test_another_protocol_is_refused(server: Served) -> None:
    async with connect(f"ws://127.0.0.1:{server.port}/graphql") as socket:
        assert await close_code(socket) == 4406


async def test_a_page_of_another_site_cannot_connect(server: Served) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with connect(
            f"ws://127.0.0.1:{server.port}/graphql",
            subprotocols=[PROTOCOL],
            origin=Origin("https://evil.example"),
        ):
            pass
    assert caught.value.response.status_code == 403


async def test_bad_credentials_are_refused(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    class Strict:
        async def viewer(self, authorization: str | None) -> Viewer:
            asked.append(authorization)
            raise UnauthenticatedError("Nobody is known.")

    monkeypatch.setattr(server.api, "authenticator", Strict())
    async with connected(server, started=False) as socket:
        await say(socket, {"type": "connection_init", "payload": {"authorization": "Bearer x"}})
        assert await close_code(socket) == 4403
    assert asked == ["Bearer x"]


async def test_a_connection_has_a_limit_of_operations(server: Served) -> None:
    async with connected(server) as socket:
        for identity in "12":
            await say(socket, subscribe(FOLLOW, identity))
            assert (await hear(socket))["type"] == "next"
        await say(socket, subscribe(FOLLOW, "3"))
        assert (await hear(socket))["type"] == "error"


async def test_the_server_has_a_limit_of_connections(server: Served) -> None:
    async with connected(server), connected(server), connected(server):
        with pytest.raises(InvalidStatus):
            async with connected(server):
                pass
        # streams of events count too
        answer = await server.post(FOLLOW, accept="text/event-stream")
        assert answer.status_code == 503
    async with connected(server) as socket:
        await say(socket, {"type": "ping"})
        assert (await hear(socket))["type"] == "pong"


async def events(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, str]]:
    name = ""
    async for line in lines:
        key, _, value = line.partition(": ")
        if key == "event":
            name = value
        elif key.startswith("data"):
            yield name, value


async def test_events_tell_the_version_now_and_after_each_commit(server: Served, store: BoltStore) -> None:
    async with server.client.stream(
        "POST", "/graphql", json={"query": FOLLOW}, headers={"accept": "text/event-stream"}
    ) as answer:
        found = events(answer.aiter_lines())
        name, first = await anext(found)
        await commit(server, store)
        _, second = await anext(found)

        assert answer.headers["content-type"].startswith("text/event-stream")
        assert name == "next"
        numbers = [json.loads(each)["data"]["graphVersion"]["number"] for each in (first, second)]
        assert numbers[1] == numbers[0] + 1


async def test_a_query_as_events_is_one_result_and_an_end(server: Served) -> None:
    answer = await server.post(FILMS, accept="text/event-stream")

    assert [line for line in answer.text.splitlines() if line.startswith("event")] == [
        "event: next",
        "event: complete",
    ]


async def test_slow_readers_get_the_newest_and_not_a_queue(server: Served, store: BoltStore) -> None:
    versions = server.api.runtime.versions
    following = versions.follow()
    first = await anext(following)
    for _ in range(5):
        await commit(server, store)

    assert (await anext(following)).number == first.number + 5
    await versions.close()
    assert [each async for each in following] == []


async def test_a_stop_ends_every_subscription_in_order(store: BoltStore, toy: Graph) -> None:
    await store.write([raise_version()])
    async with served(store) as server:
        address = f"ws://127.0.0.1:{server.port}/graphql"
        socket = await connect(address, subprotocols=[PROTOCOL])
        await say(socket, {"type": "connection_init"})
        await hear(socket)
        await say(socket, subscribe(FOLLOW))
        assert (await hear(socket))["type"] == "next"
        stream = server.client.stream(
            "POST", "/graphql", json={"query": FOLLOW}, headers={"accept": "text/event-stream"}
        )
        answer = await stream.__aenter__()
        found = events(answer.aiter_lines())
        await anext(found)
        await server.api.runtime.versions.close()

        assert (await anext(found))[0] == "complete"
        assert (await hear(socket))["type"] == "complete"
        await stream.__aexit__(None, None, None)
    assert await close_code(socket) == 1012
