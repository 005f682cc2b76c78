"""WebSockets that break their protocol, byte by byte: a status or a code that says so, never a failure."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.attacks.damage import damaged
from tests.attacks.frames import (
    CLOSE,
    HANDSHAKES,
    MESSAGES,
    PROTOCOL,
    TEXT,
    frame,
    handshake,
    random_frames,
    read_frames,
)
from tests.attacks.judge import payload_faults, text_faults
from tests.attacks.wire import ANSWER_SECONDS, LINGER_SECONDS, exchange
from tests.fuzz.comparison import Bench
from tests.programs import Server

RANDOM = 800
DOCUMENTS = 400
_AT_ONCE = 30
_GOODBYE = frame(b"\x03\xe8", CLOSE)


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which a good handshake was made."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(handshake(PROTOCOL))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        yield reader, writer
    finally:
        writer.transport.abort()


async def told(port: int, data: bytes, patience: float) -> list[tuple[int, bytes]]:
    """The frames that come back for some bytes, up to a closing.

    When none comes in so many seconds, the client says goodbye; when that became a part of something
    else, it goes.
    """
    found = b""
    async with opened(port) as (reader, writer):
        for piece in (data, _GOODBYE, b""):
            with contextlib.suppress(OSError):
                if piece:
                    writer.write(piece)
                else:
                    writer.write_eof()
            more, ended = await until_closing(reader, patience if piece else ANSWER_SECONDS, found)
            found += more
            if ended:
                return read_frames(found)
    raise AssertionError("the server left the connection open")


async def until_closing(reader: asyncio.StreamReader, seconds: float, found: bytes) -> tuple[bytes, bool]:
    """What comes in a time, and whether the connection is closed by that and what was found before."""
    more = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not any(opcode == CLOSE for opcode, _ in read_frames(found + more)):
                try:
                    piece = await reader.read(65_536)
                except ConnectionError:
                    return more, True
                if not piece:
                    return more, True
                more += piece
            return more, True
    return more, False


def faults(frames: list[tuple[int, bytes]]) -> list[str]:
    """What is wrong with what the server told."""
    found = []
    for opcode, data in frames:
        text = data[2:].decode() if opcode == CLOSE else data.decode(errors="replace")
        found += text_faults(text)
        if opcode == TEXT:
            message = json.loads(text)
            payload = message.get("payload")
            if message["type"] == "error":
                found += payload_faults([{"errors": payload}])
            elif message["type"] == "next":
                found += payload_faults([payload])
    return found


@pytest.mark.parametrize(("data", "status"), HANDSHAKES.values(), ids=HANDSHAKES)
async def test_a_handshake_gets_the_status_that_it_should(target: Server, data: bytes, status: int) -> None:
    found = await exchange(target.port, [data], whole=False, answered=True)

    assert [answer.status for answer in found.answers] == [status]
    assert [fault for answer in found.answers for fault in answer.faults] == []


@pytest.mark.parametrize(("data", "code"), MESSAGES.values(), ids=MESSAGES)
async def test_who_breaks_the_protocol_is_told_the_code(target: Server, data: bytes, code: int) -> None:
    frames = await told(target.port, data, ANSWER_SECONDS)

    assert frames[-1][0] == CLOSE
    assert int.from_bytes(frames[-1][1][:2], "big") == code
    assert faults(frames) == []


async def test_frames_before_the_handshake_is_answered_fail_nothing(target: Server) -> None:
    for data in (
        frame(b"\xff"),
        frame(b"", reserved=7),
        frame(b"", 3),
        b"\xff" * 500,
        frame(b"a" * 999)[:50],
    ):
        for pieces in ([handshake(PROTOCOL), data], [handshake(PROTOCOL) + data]):
            found = await exchange(target.port, pieces, whole=False)
            assert {answer.status for answer in found.answers} <= {101, 400}


async def test_random_damage_to_frames_never_fails_the_server(target: Server) -> None:
    places = asyncio.Semaphore(_AT_ONCE)
    codes: Counter[int] = Counter()

    async def one(seed: int) -> str:
        data = random_frames(Random(f"frames {seed}"))
        async with places:
            frames = await told(target.port, data, LINGER_SECONDS)
        codes.update(int.from_bytes(data[:2], "big") for opcode, data in frames if opcode == CLOSE)
        return f"seed {seed}: {faults(frames)}\n{data!r:.3000}" if faults(frames) else ""

    problems = [each for each in await asyncio.gather(*map(one, range(RANDOM))) if each]

    assert not problems, "\n\n".join(problems[:5])
    assert codes.total() > 0.5 * RANDOM
    assert min(codes[1002], codes[1007], codes[1000] + codes[4400]) >= 5, codes


async def test_damaged_documents_are_refused_on_a_connection_that_goes_on(
    target: Server, bench: Bench
) -> None:
    problems: list[str] = []
    codes: Counter[str] = Counter()
    async with connect(
        f"ws://127.0.0.1:{target.port}/graphql",
        subprotocols=[Subprotocol("graphql-transport-ws")],
        max_size=None,
    ) as socket:
        await socket.send('{"type": "connection_init"}')
        await socket.recv()
        for seed in range(DOCUMENTS):
            rng = Random(f"socket {seed}")
            text = damaged(bench.operation(rng).text, rng)
            await socket.send(json.dumps({"type": "subscribe", "id": f"{seed}", "payload": {"query": text}}))
            first = json.loads(await socket.recv())
            # A query ends by itself, a subscription by this; the answer to a ping comes after both.
            await socket.send(json.dumps({"type": "complete", "id": f"{seed}"}))
            await socket.send('{"type": "ping"}')
            messages = [first]
            while messages[-1]["type"] != "pong":
                messages.append(json.loads(await socket.recv()))
            assert {each.get("id", f"{seed}") for each in messages} == {f"{seed}"}
            found = [each["payload"] for each in messages if each["type"] in ("next", "error")]
            payloads = [{"errors": each} if isinstance(each, list) else each for each in found]
            codes.update(
                str(error["extensions"]["code"]) for each in payloads for error in each.get("errors", [])
            )
            wrong = payload_faults(payloads) + text_faults(json.dumps(messages))
            if wrong:
                problems.append(f"seed {seed}: {wrong}\n{json.dumps(text)}")

    assert not problems, "\n\n".join(problems[:5])
    for code in ("GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED"):
        assert codes[code] >= 3, codes
