"""Asking a server on a socket: by HTTP as it should be, and by bytes as they are."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.attacks.judge import Heard

ANSWER_SECONDS = 30.0
LINGER_SECONDS = 0.1
"""How long a request that may be unfinished is left open before its client goes."""


class Asker:
    """A client that keeps its connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        self.count = 0

    def ask(
        self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Heard:
        """The answer to a request."""
        self.count += 1
        self._connection.request(method, target, body, dict(headers or {}))
        answer = self._connection.getresponse()
        return Heard(answer.status, answer.getheader("content-type") or "", answer.read())

    def post(self, payload: object, accept: str = "application/json", **headers: str) -> Heard:
        """The answer to JSON; NaN, infinities and lone surrogates are sent as Python writes them."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"content-type": "application/json", "accept": accept, **named}
        return self.ask("POST", "/graphql", json.dumps(payload).encode(), sent)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextlib.contextmanager
def asking(port: int) -> Iterator[Asker]:
    """A client for the block."""
    asker = Asker(port)
    try:
        yield asker
    finally:
        asker.close()


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back for some bytes. ``closed`` says that the server ended the connection by itself.

    ``reset`` says that it did so before it had read them all, and that an answer may be lost by that.
    """

    raw: bytes
    closed: bool
    reset: bool = False

    @property
    def answers(self) -> list[Heard]:
        """The answers of HTTP in it; one that was cut off by the end is left out."""
        stream, found = _Stream(self.raw), []
        while stream.tell() < len(self.raw):
            answer = http.client.HTTPResponse(stream)  # type: ignore[arg-type]  # it is asked for its file only
            try:
                answer.begin()
                body = answer.read()
            except (http.client.HTTPException, ValueError):
                break
            found.append(Heard(answer.status, answer.getheader("content-type") or "", body))
            if answer.status == 101:
                break
        return found


class _Stream(io.BytesIO):
    """Bytes that stay open from one answer to the next."""

    def makefile(self, _mode: str) -> _Stream:
        """Itself."""
        return self

    def close(self) -> None:
        """Stay open."""


async def exchange(port: int, pieces: Sequence[bytes], *, whole: bool, answered: bool = False) -> Exchange:
    """Send pieces one after the other and hear what comes.

    A ``whole`` request is waited for until the server closes the connection, so it has to ask for that. Of
    any other one the client ends its side after a moment, or after the first answer where one is expected:
    the server has to end the other one.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    first, found, closed, reset = b"", b"", False, False
    try:
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            reset = True
        if answered:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    first = await reader.readuntil(b"\r\n\r\n")
        if not whole:
            found, closed, cut = await _until_end(reader, LINGER_SECONDS)
            reset = reset or cut
            if not closed and writer.can_write_eof():
                with contextlib.suppress(OSError):
                    writer.write_eof()
        if not closed:
            more, ended, cut = await _until_end(reader, ANSWER_SECONDS)
            assert ended, "the server left the connection open"
            found, closed, reset = found + more, whole, reset or cut
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
    return Exchange(first + found, closed, reset)


async def _until_end(reader: asyncio.StreamReader, seconds: float) -> tuple[bytes, bool, bool]:
    """What comes within a time, whether the other side ended, and whether it did not wait for our end."""
    found = b""
    try:
        async with asyncio.timeout(seconds):
            while piece := await reader.read(65_536):
                found += piece
            return found, True, False
    except TimeoutError:
        return found, False, False
    except ConnectionError:
        return found, True, True
