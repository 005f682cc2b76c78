"""Bad requests of HTTP, byte by byte: each with the answers that it may get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

BODY: Final = b'{"query": "{ __typename }"}'
_CLOSE: Final = b"Connection: close\r\n"
_JSON: Final = b"Content-Type: application/json\r\n"
HOST: Final = b"Host: localhost\r\n"
_GOOD: Final = b"GET /health/live HTTP/1.1\r\n" + HOST
GOOD_REQUEST: Final = _GOOD + _CLOSE + b"\r\n"
REFUSED: Final = (400, 431)


@dataclass(frozen=True, slots=True)
class Request:
    """Bytes to send in pieces. ``statuses`` are those of its answers, any of them; none says that none comes.

    One that is not ``whole`` leaves the server waiting for more.
    """

    name: str
    pieces: Sequence[bytes]
    statuses: Sequence[int]
    whole: bool = True


def _get(name: str, target: bytes, *statuses: int, version: bytes = b"HTTP/1.1") -> Request:
    line = b"GET " + target + b" " + version + b"\r\n"
    return Request(name, [line + HOST + _CLOSE + b"\r\n"], statuses)


def _headers(name: str, headers: bytes, *statuses: int) -> Request:
    return Request(name, [_GOOD + _CLOSE + headers + b"\r\n"], statuses)


def _post(name: str, headers: bytes, body: bytes, *statuses: int, whole: bool = True) -> Request:
    head = b"POST /graphql HTTP/1.1\r\n" + HOST + _CLOSE + _JSON + headers + b"\r\n"
    return Request(name, [head, body], statuses, whole)


def _length(value: bytes) -> bytes:
    return b"Content-Length: " + value + b"\r\n"


def _body(name: str, body: bytes, *statuses: int) -> Request:
    return _post(name, _length(b"%d" % len(body)), body, *statuses)


def _chunks(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in chunks)


_CHUNKED: Final = b"Transfer-Encoding: chunked\r\n"

REQUESTS: Final = (
    # the request line
    _get("no target", b"", *REFUSED),
    _get("a target with a space", b"/a b", *REFUSED),
    _get("a target with NUL", b"/\0", *REFUSED),
    _get("a target with a control character", b"/\x7f", *REFUSED, 404),
    _get("a target with bytes beyond ASCII", b"/\xff\xfe", *REFUSED),
    _get("a target in UTF-8", "/é".encode(), *REFUSED),
    _get("a star", b"*", 400, 404),
    _get("an absolute target", b"http://localhost/health/live", 200),
    _get("an absolute target without a host", b"http://", *REFUSED),
    _get("an absolute target with a broken host", b"http://[", *REFUSED),
    _get("a target of another scheme", b"ftp://x/", *REFUSED, 200),
    _get("only slashes", b"////", 404),
    _get("a percent sign alone", b"/%", 404),
    _get("percent-encoding that is none", b"/%zz%", 404),
    _get("percent-encoded NUL", b"/%00", 404),
    _get("percent-encoded NUL in a file's name", b"/web/%00", 404),
    _get("percent-encoded NUL in a document's name", b"/docs/%00", 404),
    _get("half a character", b"/%c3", 404),
    _get("an encoded surrogate", b"/docs/%ed%a0%80", 404),
    _get("a path to elsewhere", b"/web/../../../../etc/passwd", 404),
    _get("an encoded path to elsewhere", b"/web/%2e%2e%2f%2e%2e%2fapp.py", 404),
    _get("a backslash", b"/web/..\\..\\app.py", 400, 404),
    _get("a long name", b"/web/" + b"a" * 5000, 404),
    _get("a deep path", b"/web/" + b"a/" * 3000, 404),
    _get("a redirect with control characters", b"/docs/%0d%0aSet-Cookie:x.md", 307, 404),
    _get("a long target", b"/?" + b"a" * 60_000, 200, *REFUSED),
    _get("a target beyond every limit", b"/?" + b"a" * 300_000, *REFUSED),
    _get("a query of percent signs", b"/graphql?%%%", 400),
    _get("a query in Latin-1", b"/graphql?query=%E9", 400),
    _get("a query of NUL", b"/graphql?query=%00", 200),
    _get("many parameters", b"/graphql?" + b"a=1&" * 100, 400),
    _get("a parameter twice", b"/graphql?query={a}&query={b}", 400),
    _get("variables that are no JSON", b"/graphql?query={__typename}&variables={", 400),
    _get("deep variables", b"/graphql?query={__typename}&variables=" + b"[" * 3000, 400),
    _get("an unknown version", b"/", *REFUSED, version=b"HTTP/3.7"),
    _get("a version that is none", b"/", *REFUSED, version=b"HTTPS/1.1"),
    _get("version 0.9", b"/", *REFUSED, 200, version=b"HTTP/0.9"),
    _get("version 2 on the line", b"/", *REFUSED, 200, version=b"HTTP/2.0"),
    Request("no version", [b"GET /health/live\r\n\r\n"], (200, *REFUSED), whole=False),
    Request("version 1.0", [b"GET /health/live HTTP/1.0\r\n\r\n"], (200,)),
    Request("version 1.0 that stays", [b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"], (200,)),
    Request("a method that is none", [b"G@T / HTTP/1.1\r\n\r\n"], REFUSED),
    Request("a method in small letters", [b"get / HTTP/1.1\r\n\r\n"], REFUSED),
    Request("a long method", [b"A" * 5000, b" / HTTP/1.1\r\n\r\n"], REFUSED),
    Request("an unusual method", [b"PROPFIND /graphql HTTP/1.1\r\n", HOST, _CLOSE, b"\r\n"], (405,)),
    Request("CONNECT", [b"CONNECT localhost:80 HTTP/1.1\r\n", HOST, b"\r\n"], REFUSED, whole=False),
    Request("the preface of HTTP/2", [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"], REFUSED),
    Request("a greeting of TLS", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500)], REFUSED),
    Request("only NUL", [bytes(1000)], REFUSED),
    Request("only newlines", [b"\r\n" * 1000], (), whole=False),
    Request("nothing", [], (), whole=False),
    Request("half a line", [b"GET /gra"], (), whole=False),
    Request("one byte after the other", [bytes([each]) for each in _GOOD + _CLOSE + b"\r\n"], (200,)),
    Request("bare newlines", [_GOOD.replace(b"\r", b"") + b"Connection: close\n\n"], (200, 400), whole=False),
    Request("bare returns", [_GOOD.replace(b"\n", b"") + b"\r\r"], (400,)),
    # headers
    _headers("no colon", b"Nothing\r\n", *REFUSED),
    _headers("no name", b": value\r\n", *REFUSED),
    _headers("a space in a name", b"A b: c\r\n", *REFUSED),
    _headers("a space after a name", b"A : c\r\n", *REFUSED),
    _headers("NUL in a name", b"A\0: c\r\n", *REFUSED),
    _headers("NUL in a value", b"A: b\0c\r\n", *REFUSED),
    _headers("a return in a value", b"A: b\rc\r\n", *REFUSED),
    _headers("obsolete folding", b"A: b\r\n c\r\n", 200, *REFUSED),
    _headers("a folded first header", b" A: b\r\n", 200, *REFUSED),
    _headers("bytes beyond ASCII", b"A: \xff\xfe\r\nX-Request-Id: \xff\r\n", 200),
    _headers("an empty value", b"A:\r\nAccept:\r\nIf-None-Match:\r\n", 200),
    _headers("a long header", b"A: " + b"b" * 60_000 + b"\r\n", 200),
    _headers("a header beyond every limit", b"A: " + b"b" * 400_000 + b"\r\n", 431),
    _headers("many headers", b"A: b\r\n" * 5000, 200),
    _headers("headers beyond every limit", b"Name: value\r\n" * 40_000, 431),
    _headers("two hosts", b"Host: other\r\n", 200, 400),
    _headers("a host that is none", b"Host: [::\r\n", 200),
    _headers("accepted forms that are none", b"Accept: ;;,,q=;*/*;q=NaN, a/b;q=1e999,/,\xff\r\n", 200),
    _headers("a long list of forms", b"Accept: " + b"a/b;q=0.1," * 5000 + b"\r\n", 200),
    _headers("a range that is none", b"Range: bytes=9-1,-,a\r\n", 200),
    _headers("a range of a file", b"Range: bytes=99999999999999999999-\r\n", 200),
    _headers("credentials that are none", b"Authorization: \xff\r\nAuthorization: Bearer\r\n", 200),
    _headers("a trace that is none", b"traceparent: 00-zz-\xff-\r\ntracestate: =,=\r\n", 200),
    _headers("an unknown upgrade", b"Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n", 200),
    _headers("an expectation that is none", b"Expect: the unexpected\r\n", 200, 417),
    Request(
        "a redirect for a broken host",
        [b"GET /docs HTTP/1.1\r\nHost: [\xff]:99999999\r\n", _CLOSE, b"\r\n"],
        (307, 400),
    ),
    # bodies
    _post("no length", b"", b"", 400),
    _body("an empty body", b"", 400),
    _post("a length that is none", _length(b"ten"), BODY, *REFUSED),
    _post("a negative length", _length(b"-1"), BODY, *REFUSED),
    _post("a length with a sign", _length(b"+27"), BODY, *REFUSED),
    _post("a length in hexadecimal", _length(b"0x1b"), BODY, *REFUSED),
    _post("a list of lengths", _length(b"27, 27"), BODY, *REFUSED),
    _post("two lengths", _length(b"27") + _length(b"26"), BODY, *REFUSED),
    _post("an endless length", _length(b"9" * 5000), BODY, *REFUSED),
    _post("a length beyond the limit", _length(b"9999999999"), BODY, 413),
    _post("too short a length", _length(b"5"), BODY, 400),
    _post("too long a length", _length(b"500"), BODY, whole=False),
    _post("a body that stops", _length(b"500"), BODY[:10], whole=False),
    _post("a length and chunks", _length(b"27") + _CHUNKED, _chunks(BODY) + b"0\r\n\r\n", *REFUSED, 200),
    _post("chunks", _CHUNKED, _chunks(BODY[:5], BODY[5:]) + b"0\r\n\r\n", 200),
    _post("chunks with extensions", _CHUNKED, b"1b;a=b;c\r\n" + BODY + b"\r\n0\r\n\r\n", 200),
    _post("chunks with trailers", _CHUNKED, _chunks(BODY) + b"0\r\nHost: x\r\nA\0: b\r\n\r\n", 200, *REFUSED),
    _post("a chunk's size that is none", _CHUNKED, b"zz\r\n" + BODY + b"\r\n0\r\n\r\n", *REFUSED),
    _post("a negative chunk", _CHUNKED, b"-1\r\n" + BODY + b"\r\n0\r\n\r\n", *REFUSED),
    _post("an endless chunk", _CHUNKED, b"f" * 40 + b"\r\n" + BODY, *REFUSED),
    _post("too short a chunk", _CHUNKED, b"5\r\n" + BODY + b"\r\n0\r\n\r\n", *REFUSED),
    _post("chunks without an end", _CHUNKED, _chunks(BODY), whole=False),
    _post("a chunk that stops", _CHUNKED, b"ff\r\nabc", whole=False),
    _post("a thousand chunks", _CHUNKED, _chunks(*[b" "] * 1000, BODY) + b"0\r\n\r\n", 200),
    _post("chunks beyond the limit", _CHUNKED, _chunks(*[b" " * 9999] * 150), 413),
    _post("an unknown encoding", b"Transfer-Encoding: gzip, chunked, gzip\r\n", BODY, *REFUSED, 501),
    _post("chunked twice", _CHUNKED + _CHUNKED, _chunks(BODY) + b"0\r\n\r\n", *REFUSED, 200),
    _post("a packed body", b"Content-Encoding: gzip\r\n" + _length(b"4"), b"\x1f\x8b\x08\x00", 400, 415),
    _body("NUL", bytes(27), 400),
    _body("UTF-16", BODY.decode().encode("utf-16-le"), 400),
    _body("a byte order mark", b"\xef\xbb\xbf" + BODY, 400),
    _body("bytes that are no UTF-8", b'{"query": "\xff\xfe{}"}', 400),
    _body("deep arrays", b"[" * 100_000, 400),
    _body("deep objects", b'{"a":' * 50_000, 400),
    _body("a long number", BODY[:-1] + b', "variables": {"a": ' + b"9" * 50_000 + b"}}", 400),
    _post("a body that waits for leave", b"Expect: 100-continue\r\n" + _length(b"27"), BODY, 200),
    _post("a client that goes", b"Expect: 100-continue\r\n" + _length(b"27"), b"", whole=False),
    # pipelining
    Request("two at once", [_GOOD + b"\r\n" + _GOOD + _CLOSE + b"\r\n"], (200,)),
    Request("five hundred at once", [(_GOOD + b"\r\n") * 499 + _GOOD + _CLOSE + b"\r\n"], (200,)),
    Request("a bad one after a good one", [_GOOD + b"\r\n" + b"G@T / HTTP/1.1\r\n\r\n"], (200, 400)),
    Request("another one after the last", [_GOOD + _CLOSE + b"\r\n" + _GOOD + b"\r\n"], (200,)),
    Request("half a one after a good one", [_GOOD + b"\r\n" + _GOOD[:20]], (200,), whole=False),
    Request(
        "a request in the body of another",
        [b"GET /health/live HTTP/1.1\r\n" + HOST + _length(b"60") + b"\r\n" + _GOOD + _CLOSE + b"\r\n"],
        (200, 400),
        whole=False,
    ),
)  # fmt: skip

_SEEDS: Final = (
    _GOOD + b"\r\n",
    b"POST /graphql HTTP/1.1\r\n" + HOST + _JSON + _length(b"27") + b"\r\n" + BODY,
    b"POST /graphql HTTP/1.1\r\n" + HOST + _JSON + _CHUNKED + b"\r\n" + _chunks(BODY) + b"0\r\n\r\n",
    b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\n" + HOST + b"Accept: text/event-stream\r\n\r\n",
    b"GET /docs/developers HTTP/1.1\r\n" + HOST + b"Range: bytes=0-9\r\nIf-None-Match: *\r\n\r\n",
    b"GET /web/icon.svg HTTP/1.1\r\n" + HOST + b"Range: bytes=0-9, 5-2\r\n\r\n",
    b"OPTIONS /graphql HTTP/1.1\r\n" + HOST + b"Origin: http://x\r\n"
    b"Access-Control-Request-Method: POST\r\n\r\n",
    b"GET /graphql HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n",
)  # fmt: skip
_SPLIT: Final = (
    b"\r\n",
    b"\r",
    b"\n",
    b": ",
    b" ",
    b"\0",
    b"\t",
    b";",
    b",",
    b"%",
    b"=",
    b"\xff",
    b"0\r\n\r\n",
)


def random_request(rng: Random) -> list[bytes]:
    """A request with random damage, in random pieces; now and then only random bytes."""
    if rng.random() < 0.1:
        return [rng.randbytes(rng.choice((1, 10, 1000)))]
    found = bytearray(rng.choice(_SEEDS))
    for _ in range(rng.choice((1, 1, 2, 4))):
        place = rng.randrange(len(found) + 1)
        match rng.randrange(6):
            case 0:
                found[place:place] = rng.choice(_SPLIT) * rng.choice((1, 1, 2, 500))
            case 1:
                del found[place : place + rng.choice((1, 2, 10))]
            case 2:
                found[place : place + 1] = rng.randbytes(1)
            case 3:
                end = place + rng.choice((3, 20))
                found[place:place] = found[place:end] * rng.choice((1, 100))
            case 4:
                lines = bytes(found).split(b"\r\n")
                rng.shuffle(lines)
                found = bytearray(b"\r\n".join(lines))
            case _:
                del found[place:]
    cuts = sorted(rng.randrange(len(found) + 1) for _ in range(rng.choice((0, 0, 1, 3))))
    return [bytes(found[start:end]) for start, end in zip([0, *cuts], [*cuts, len(found)], strict=True)]
