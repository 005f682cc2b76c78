"""Bytes of WebSockets (RFC 6455): handshakes and frames that break the protocol, or what is said in it."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from random import Random
from typing import Final

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
_KEY: Final = b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
_VERSION: Final = b"Sec-WebSocket-Version: 13\r\n"
_UPGRADE: Final = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
PROTOCOL: Final = b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
INIT: Final = {"type": "connection_init"}
NORMAL, PROTOCOL_ERROR, NO_UTF8, TOO_BIG, BAD_MESSAGE = 1000, 1002, 1007, 1009, 4400


def handshake(
    *headers: bytes,
    path: bytes = b"/graphql",
    method: bytes = b"GET",
    parts: Sequence[bytes] = (_UPGRADE, _KEY, _VERSION),
) -> bytes:
    """The head of a request for a WebSocket."""
    head = method + b" " + path + b" HTTP/1.1\r\nHost: localhost\r\n"
    return head + b"".join(parts) + b"".join(headers) + b"\r\n"


def frame(
    data: bytes,
    opcode: int = TEXT,
    *,
    last: bool = True,
    reserved: int = 0,
    masked: bool = True,
    length: int | None = None,
) -> bytes:
    """One frame; a ``length`` may be another than that of the data. The mask changes nothing."""
    size = len(data) if length is None else length
    mask = 0x80 if masked else 0
    if size < 126:
        long = bytes([mask | size])
    elif size < 2**16:
        long = bytes([mask | 126]) + struct.pack("!H", size)
    else:
        long = bytes([mask | 127]) + struct.pack("!Q", size)
    return bytes([last << 7 | reserved << 4 | opcode]) + long + (bytes(4) if masked else b"") + data


def said(message: object) -> bytes:
    """A message as a frame."""
    return frame(json.dumps(message).encode())


def subscribe(query: object, identity: object = "1", **payload: object) -> bytes:
    """The frame that asks an operation."""
    return said({"type": "subscribe", "id": identity, "payload": {"query": query, **payload}})


def _without(*left_out: bytes) -> bytes:
    return handshake(PROTOCOL, parts=[each for each in (_UPGRADE, _KEY, _VERSION) if each not in left_out])


def _with_key(key: bytes) -> bytes:
    return handshake(PROTOCOL, parts=(_UPGRADE, b"Sec-WebSocket-Key: " + key + b"\r\n", _VERSION))


HANDSHAKES: Final = {
    "a good one": (handshake(PROTOCOL), 101),
    "without a protocol": (handshake(), 101),
    "of unknown protocols": (handshake(b"Sec-WebSocket-Protocol: a, b, graphql-ws\r\n"), 101),
    "of odd protocols": (handshake(b"Sec-WebSocket-Protocol: ,,\xff\r\n"), 400),
    "with odd extensions": (handshake(PROTOCOL, b"Sec-WebSocket-Extensions: x; \xff=;;\r\n"), 101),
    "without a key": (_without(_KEY), 400),
    "with two keys": (handshake(PROTOCOL, _KEY), 400),
    "with a short key": (_with_key(b"AAAA"), 400),
    "with a key that is no Base64": (_with_key(b"\xff!"), 400),
    "without a version": (_without(_VERSION), 400),
    "of another version": (handshake(parts=(_UPGRADE, _KEY, b"Sec-WebSocket-Version: 8\r\n")), 400),
    "by POST": (handshake(PROTOCOL, method=b"POST"), 405),
    "by CONNECT": (handshake(PROTOCOL, method=b"CONNECT", path=b"localhost:80"), 405),
    "to another path": (handshake(PROTOCOL, path=b"/"), 403),
    "to a folder of files": (handshake(PROTOCOL, path=b"/web/query/index.html"), 403),
    "to a path with NUL": (handshake(PROTOCOL, path=b"/graphql%00"), 403),
    "to a path that is no UTF-8": (handshake(PROTOCOL, path=b"/%ff"), 403),
    "to an absolute target": (handshake(PROTOCOL, path=b"http://[/graphql"), 403),
    "of a page elsewhere": (handshake(PROTOCOL, b"Origin: https://evil.example\r\n"), 403),
    "of an origin that is none": (handshake(PROTOCOL, b"Origin: http://[\xff\r\n"), 403),
    "of an origin without end": (handshake(PROTOCOL, b"Origin: http://x:999999999\r\n"), 403),
    "with a long header": (handshake(PROTOCOL, b"A: " + b"b" * 20_000 + b"\r\n"), 431),
    "with many headers": (handshake(PROTOCOL, b"A: b\r\n" * 300), 431),
    "with a long target": (handshake(PROTOCOL, path=b"/graphql?" + b"a" * 20_000), 414),
    "with a body": (handshake(PROTOCOL, b"Content-Length: 3\r\n") + b"abc", 400),
    "with chunks": (handshake(PROTOCOL, b"Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n", 400),
}  # fmt: skip
"""What a handshake is like, its bytes, and the status of its answer."""

_FRAGMENTS: Final = frame(b'{"type":', last=False)
_FOLLOW: Final = "subscription { graphVersion { number } }"
MESSAGES: Final = {
    "a text that is no UTF-8": (frame(b"\xff\xfe"), NO_UTF8),
    "fragments that are no UTF-8": (frame(b'"\xc3', last=False) + frame(b'"', CONTINUATION), NO_UTF8),
    "half a surrogate in UTF-8": (frame(b'"\xed\xa0\x80"'), NO_UTF8),
    "reserved bits": (frame(b"{}", reserved=4), PROTOCOL_ERROR),
    "an unknown opcode": (frame(b"", 3), PROTOCOL_ERROR),
    "an unknown control frame": (frame(b"", 11), PROTOCOL_ERROR),
    "a continuation of nothing": (frame(b"a", CONTINUATION), PROTOCOL_ERROR),
    "a text between fragments": (_FRAGMENTS + frame(b"a"), PROTOCOL_ERROR),
    "a fragmented ping": (frame(b"", PING, last=False), PROTOCOL_ERROR),
    "a long ping": (frame(b"a" * 126, PING), PROTOCOL_ERROR),
    "a frame without a mask": (frame(b"{}", masked=False), PROTOCOL_ERROR),
    "half a code of closing": (frame(b"a", CLOSE), PROTOCOL_ERROR),
    "a code of closing that is none": (frame(b"\0\1", CLOSE), PROTOCOL_ERROR),
    "a reason that is no UTF-8": (frame(b"\x03\xe8\xff", CLOSE), NO_UTF8),
    "an endless frame": (frame(b"", length=2**62), TOO_BIG),
    "a frame of a negative length": (frame(b"", length=2**63 + 1), TOO_BIG),
    "a frame beyond the limit": (frame(b"a", length=1_000_001), TOO_BIG),
    "fragments beyond the limit": (
        frame(b" " * 600_000, last=False) + frame(b"", CONTINUATION, length=600_000), TOO_BIG),
    "fragments without end": (_FRAGMENTS + frame(b"", CONTINUATION, last=False) * 1100, TOO_BIG),
    "a closing": (frame(struct.pack("!H", NORMAL), CLOSE), NORMAL),
    "what follows a closing": (frame(struct.pack("!H", NORMAL), CLOSE) + frame(b"\xff"), NORMAL),
    "a message of bytes": (frame(b"{}", BINARY), BAD_MESSAGE),
    "no JSON": (frame(b"{"), BAD_MESSAGE),
    "an empty message": (frame(b""), BAD_MESSAGE),
    "NUL": (frame(bytes(100)), BAD_MESSAGE),
    "deep JSON": (frame(b"[" * 200_000), BAD_MESSAGE),
    "a long number": (frame(b'{"type": "ping", "n": ' + b"9" * 6000 + b"}"), BAD_MESSAGE),
    "a number that is none": (frame(b'{"type": "ping", "n": NaN}'), BAD_MESSAGE),
    "half a character": (frame(b'{"type": "\\ud800"}'), BAD_MESSAGE),
    "half a character in an id": (said(INIT) + subscribe("{ __typename }", "\ud800"), BAD_MESSAGE),
    "half a character in a document": (said(INIT) + subscribe("{ \udc00 }"), BAD_MESSAGE),
    "half a character in a value": (said(INIT) + subscribe("{ a }", variables={"a": "\ud800"}), BAD_MESSAGE),
    "infinity in a variable": (said(INIT) + subscribe("{ a }", variables={"a": float("inf")}), BAD_MESSAGE),
    "a long type": (said({"type": "é" * 500}), BAD_MESSAGE),
    "a type that is none": (said({"type": {"a": []}}), BAD_MESSAGE),
    "an id that is none": (said(INIT) + subscribe("{ a }", {"a": 1}), BAD_MESSAGE),
    "a query that is none": (said(INIT) + subscribe(["{ a }"]), BAD_MESSAGE),
    "no payload": (said(INIT) + said({"type": "subscribe", "id": "1"}), BAD_MESSAGE),
    "a completion of nothing": (said(INIT) + said({"type": "complete", "id": None}), BAD_MESSAGE),
    "an introduction that is none": (said({**INIT, "payload": [INIT]}), BAD_MESSAGE),
    "two introductions": (said(INIT) + said(INIT), 4429),
    "a question before the introduction": (subscribe("{ __typename }"), 4401),
    "a long id twice": (said(INIT) + subscribe(_FOLLOW, "é" * 500) * 2, 4409),
}  # fmt: skip
"""What a client says after a good handshake, its bytes, and the code that the connection is closed with."""

_SEEDS: Final = (
    said(INIT),
    said(INIT) + subscribe("{ __typename }"),
    said(INIT) + subscribe("query Q($n: Int) { networks(first: $n) { totalCount } }", variables={"n": 1}),
    said(INIT) + subscribe(_FOLLOW) + said({"type": "complete", "id": "1"}),
    said({"type": "ping", "payload": {}}) + said({"type": "pong"}) + frame(b"a", PING) + frame(b"", PONG),
    _FRAGMENTS + frame(b"abc", PING) + frame(b'"ping"}', CONTINUATION),
    said({**INIT, "payload": {"authorization": "Bearer x", "a": [1, {"b": None}]}}),
)  # fmt: skip


def random_frames(rng: Random) -> bytes:
    """Frames with random damage."""
    found = bytearray(b"".join(rng.choice(_SEEDS) for _ in range(rng.choice((1, 1, 2)))))
    for _ in range(rng.choice((1, 1, 2, 5))):
        place = rng.randrange(len(found) + 1)
        match rng.randrange(6):
            case 0:
                found[place : place + 1] = rng.randbytes(1)
            case 1:
                del found[place : place + rng.choice((1, 2, 8))]
            case 2:
                end = place + rng.choice((2, 10, 40))
                found[place:place] = found[place:end] * rng.choice((1, 20))
            case 3:
                found[place:place] = rng.randbytes(rng.choice((1, 4, 200)))
            case 4:
                opcode = rng.choice((CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG, 3, 12))
                data = rng.randbytes(rng.choice((0, 2, 130)))
                found[place:place] = frame(
                    data, opcode, last=rng.random() < 0.5, reserved=rng.choice((0, 0, 4))
                )
            case _:
                found[:] = found.replace(
                    *rng.choice(((b'"', b"'"), (b"{", b"["), (b"1", b"null"), (b"a", b"\0")))
                )
    return bytes(found)


def read_frames(data: bytes) -> list[tuple[int, bytes]]:
    """The opcodes and data of the server's frames; one that was cut off is left out."""
    found, start = [], 0
    while len(data) >= start + 2:
        size, head = data[start + 1] & 0x7F, 2
        if size == 126:
            size, head = int.from_bytes(data[start + 2 : start + 4], "big"), 4
        elif size == 127:
            size, head = int.from_bytes(data[start + 2 : start + 10], "big"), 10
        if len(data) < start + head + size:
            break
        found.append((data[start] & 0xF, data[start + head : start + head + size]))
        start += head + size
    return found
