"""The limits of connections, on sockets: how much and how slowly clients may send around requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Message

from graph_api.engine.bolt import BoltStore
from graph_api.errors import MalformedRequestError
from graph_api.serve.http.messages import read_body
from graph_api.serve.processes import protocols
from tests.attacks.frames import (
    CLOSE,
    CONTINUATION,
    INIT,
    PING,
    PROTOCOL,
    frame,
    handshake,
    read_frames,
    said,
)
from tests.serve.served import FILMS, Served, served
from tests.toy.fixtures import Graph

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = json.dumps({"query": FILMS}).encode()


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store, max_header_bytes=5000) as found:
        yield found


@asynccontextmanager
async def connected(server: Served, sent: bytes = b"") -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(sent)
        yield reader, writer
    finally:
        writer.transport.abort()


async def rest(reader: asyncio.StreamReader) -> bytes:
    """What comes until the server ends the connection."""
    async with asyncio.timeout(20):
        return await reader.read()


async def test_a_head_without_end_is_refused(server: Served) -> None:
    async with connected(server, b"GET / HTTP/1.1\r\n") as (reader, writer):
        for _ in range(49):
            # Each piece is read before the next one is sent, as from a client that is far away.
            writer.write(b"Name: " + b"x" * 94 + b"\r\n")
            await server.client.get("/health/live")

        assert (await rest(reader)).startswith(b"HTTP/1.1 431 ")


async def test_a_head_within_the_limit_may_come_in_pieces(server: Served) -> None:
    async with connected(server) as (reader, writer):
        for piece in (
            HEAD[:30],
            HEAD[30:],
            b"Connection: close\r\n",
            b"Content-Length: %d\r\n\r\n" % len(BODY),
        ):
            writer.write(piece)
            await server.client.get("/health/live")
        writer.write(BODY)

        assert b'"films"' in await rest(reader)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (b"\r\n", b""),
        (b"GET / HTTP/1.1\r\nHost", b"HTTP/1.1 408 "),
        (HEAD, b"HTTP/1.1 408 "),
        (HEAD + b"Content-Length: 9\r\n\r\n{", b"HTTP/1.1 408 "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", b"HTTP/1.1 408 "),
    ],
)
async def test_who_is_too_slow_is_disconnected(
    store: BoltStore, toy: Graph, sent: bytes, answer: bytes
) -> None:
    async with (
        served(store, header_seconds=0.2, request_seconds=0.2) as server,
        connected(server, sent) as (reader, _),
    ):
        assert (await rest(reader))[: len(answer)] == answer


async def test_a_slow_answer_is_not_cut_off_by_a_head_that_waits_behind_it(
    store: BoltStore, toy: Graph
) -> None:
    async with served(store, header_seconds=0.1) as server:
        follow = b'{"query": "subscription { graphVersion { number } }"}'
        head = HEAD + b"Accept: text/event-stream\r\nContent-Length: %d\r\n\r\n" % len(follow)
        async with connected(server, head + follow + b"GET /hea") as (reader, _):
            begun = await reader.readuntil(b"event: next")
            # Several times as long as a head may take, and the stream goes on.
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await reader.readuntil(b"HTTP/1.1 408")

            assert begun.startswith(b"HTTP/1.1 200 ")


async def test_a_body_that_its_client_gives_up_is_no_request() -> None:
    # given a body that is a whole request, of which the client said that there is more
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": BODY, "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> Message:
        return next(messages)

    with pytest.raises(MalformedRequestError):
        await read_body({}, receive, most=1000, seconds=1.0)


@asynccontextmanager
async def socket_of(server: Served) -> AsyncIterator[Streams]:
    async with connected(server, handshake(PROTOCOL)) as (reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        yield reader, writer


async def closing(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The code and the reason that the server closes a WebSocket with."""
    found = b""
    async with asyncio.timeout(20):
        while not (closes := [data for opcode, data in read_frames(found) if opcode == CLOSE]):
            piece = await reader.read(65_536)
            assert piece, found
            found += piece
    return int.from_bytes(closes[0][:2], "big"), closes[0][2:]


@pytest.mark.parametrize(
    ("sent", "code", "reason"),
    [
        (frame(b"\xff"), 1007, b"a text has to be UTF-8"),
        (frame(b"{", last=False) + frame(b"", CONTINUATION, last=False) * protocols.MAX_FRAGMENTS, 1009,
         b"too many fragments"),
        (said({"type": "é" * 500}), 4400, b"Unknown message type: " + "é".encode() * 50),
        (frame(b'{"type": "\\ud800"}'), 4400, b"WebSocket message must be valid JSON"),
        (frame(b"[" * 100_000), 4400, b"WebSocket message must be valid JSON"),
    ],
)  # fmt: skip
async def test_a_websocket_is_closed_with_a_reason(
    server: Served, sent: bytes, code: int, reason: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with socket_of(server) as (reader, writer):
        writer.write(sent)
        assert await closing(reader) == (code, reason)
    assert caplog.records == []


async def test_a_frame_that_cannot_be_read_fails_no_task_that_still_answers(
    server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async with socket_of(server) as (reader, writer):
        writer.write(said(INIT) * 3 + said({"type": "ping"}) * 20 + frame(b"", 3))
        assert (await closing(reader))[0] == 1002
        await rest(reader)
    await server.client.get("/health/live")
    assert caplog.records == []


async def test_a_handshake_that_is_too_large_is_answered(server: Served) -> None:
    async with connected(server, handshake(PROTOCOL, b"A: b\r\n" * 200)) as (reader, _):
        assert (await rest(reader)).startswith(b"HTTP/1.1 431 ")


async def test_pings_of_a_client_that_reads_nothing_fill_no_memory(server: Served) -> None:
    async with socket_of(server) as (reader, writer):
        pings = frame(b"x" * 125, PING) * 1000
        for _ in range(200):
            writer.write(pings)
            await writer.drain()
        writer.write(frame(b"\x03\xe8", CLOSE))
        found = await rest(reader)

        # What the network holds is answered, what it does not is left out: far less than was asked.
        assert 0 < len(found) < 200 * 1000 * 127
