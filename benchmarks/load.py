"""Load on one address: clients that each keep one connection and ask again as soon as they are answered."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, cast

CLIENTS = 16
PATIENCE = 60.0
"""Seconds that an answer may take; a server that takes longer has failed."""

Requests: TypeAlias = bytes | Callable[[], bytes]
"""What is asked over and over: always the same, or the next one of many."""


class FailedRequestError(Exception):
    """An answer that is none, or not the expected one; the text is its beginning."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What every answer has to be: its status, and a text in its body. With 200 it has no errors."""

    status: int = 200
    text: bytes = b""

    def fits(self, answer: bytes | bytearray, body: bytes) -> bool:
        """Whether an answer with this body is the expected one."""
        if not answer.startswith(b"HTTP/1.1 %d " % self.status) or self.text not in body:
            return False
        return self.status != 200 or b'"errors":' not in body


ANSWERED = Expected()


@dataclass(frozen=True, slots=True)
class Load:
    """What clients saw: answers, the seconds they took together, each answer's own seconds."""

    seconds: float
    latencies: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def median(self) -> float:
        """The median latency in seconds."""
        return statistics.median(self.latencies)


@dataclass(slots=True)
class _Client(asyncio.Protocol):
    """Asks over and over until the end, and checks that every answer is the expected one."""

    requests: Requests
    expected: Expected
    end: float
    done: asyncio.Future[None]
    latencies: list[float] = field(default_factory=list)
    _buffer: bytearray = field(default_factory=bytearray)
    _asked: float = 0.0
    _transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's has the methods, not the class.
        self._transport = cast(asyncio.Transport, transport)
        self._ask(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        body = complete_body(self._buffer)
        if body is None or self.done.done() or self._transport is None:
            return
        now = time.perf_counter()
        self.latencies.append(now - self._asked)
        if not self.expected.fits(self._buffer, body):
            self.done.set_exception(FailedRequestError(bytes(self._buffer[:15] + b" " + body[:300]).decode()))
        elif now >= self.end:
            self.done.set_result(None)
        else:
            self._buffer.clear()
            self._ask(self._transport)
            return
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(FailedRequestError(f"The connection was lost: {exc}"))

    def _ask(self, transport: asyncio.Transport) -> None:
        request = self.requests if isinstance(self.requests, bytes) else self.requests()
        self._asked = time.perf_counter()
        transport.write(request)


def complete_body(answer: bytearray) -> bytes | None:
    """The body of an HTTP answer, by its length or in chunks; None while some of it is missing."""
    head, separator, body = bytes(answer).partition(b"\r\n\r\n")
    if not separator:
        return None
    headers = head.lower()
    if b"transfer-encoding: chunked" in headers:
        return _joined(body) if body.endswith(b"0\r\n\r\n") else None
    length = int(headers.partition(b"content-length:")[2].split(b"\r\n")[0])
    return body if len(body) >= length else None


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        number = int(size, 16)
        body, chunks = body + rest[:number], rest[number + 2 :]
    return body


async def once(port: int, request: bytes) -> bytes:
    """The body of the answer to one request; raises ``FailedRequestError`` where there is none in time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    buffer = bytearray()
    try:
        async with asyncio.timeout(2 * PATIENCE):
            writer.write(request)
            while (body := complete_body(buffer)) is None:
                piece = await reader.read(2**20)
                if not piece:
                    raise FailedRequestError(f"The connection was closed after {bytes(buffer[:200])!r}.")
                buffer += piece
    except TimeoutError as error:
        raise FailedRequestError(f"No answer within {2 * PATIENCE:g} s.") from error
    finally:
        writer.close()
    return body


async def load(
    port: int, requests: Requests, seconds: float, clients: int = CLIENTS, expected: Expected = ANSWERED
) -> Load:
    """Put load on a port of this machine; every request that was begun is waited for.

    Raises ``FailedRequestError`` for the first answer that is none, or takes too long.
    """
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    made: list[_Client] = []
    for _ in range(clients):
        client = _Client(requests, expected, begun + seconds, loop.create_future())
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
        made.append(client)
    try:
        async with asyncio.timeout(seconds + PATIENCE):
            await asyncio.gather(*(client.done for client in made))
    except TimeoutError as error:
        raise FailedRequestError(f"No answer within {PATIENCE:g} s.") from error
    finally:
        for client in made:
            client.done.cancel()
            if client._transport is not None:
                client._transport.abort()
    taken = time.perf_counter() - begun
    return Load(taken, tuple(each for client in made for each in client.latencies))
