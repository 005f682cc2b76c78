"""What the server is asked where the server itself is measured: good questions, and bad ones that differ."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.load import ANSWERED, Expected, Requests
from benchmarks.operations import Request
from benchmarks.servers import post
from graph_api.serve.http.negotiation import Form
from graph_api.settings import settings_from

STORED = "members-covering"
VARIABLES = {"theme": "FIREARMS", "region": "AFRICA"}
KEY = "DEMO-ORG-DELTA"
_LOOKUP = "query Lookup($key: String!) { organization(key: $key) { key name kind website founded } }"
_MANY = """{ organizations(first: 100) { edges { node {
  key name acronym kind website founded languages synthetic country { key name }
  themes { edges { level node { key } } } memberships { edges { since node { key } } }
} } } }"""
_NUMBER = "Q0000000"
"""The name of an operation that stands for another one in each request: a known document costs less."""
_TOO_LARGE = 1_000_001


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``requests`` ask it, with other words each time where they are no bytes."""

    name: str
    requests: Requests
    expected: Expected = ANSWERED

    def next_request(self) -> bytes:
        """The bytes that ask it once more."""
        return self.requests if isinstance(self.requests, bytes) else self.requests()


def trivial(*headers: str) -> Asked:
    """The smallest question there is; these headers go with it."""
    return Asked("`{ __typename }`", post(Request("{ __typename }"), *headers))


def lookup(*headers: str) -> Asked:
    """One organization by its key."""
    return Asked("look-up by key", post(Request(_LOOKUP, {"key": KEY}), *headers))


def stored(*headers: str) -> Asked:
    """The first stored question, by its text."""
    text = Path(f"schema/questions/{STORED}.graphql").read_text(encoding="utf-8")
    return Asked("first question", post(Request(text, VARIABLES), *headers))


def many() -> Asked:
    """A page of 100 organizations with some 1,500 fields."""
    return Asked("100 organizations", post(Request(_MANY)))


def linked(*headers: str) -> Asked:
    """The first stored question as a link; with ``If-None-Match`` it is answered without a body."""
    query = urlencode({"documentId": STORED, "variables": json.dumps(VARIABLES)})
    first = f"GET /graphql?{query} HTTP/1.1"
    lines = (first, "Host: localhost", f"Accept: {Form.JSON.value}", *headers, "", "")
    unchanged = any(line.startswith("If-None-Match") for line in headers)
    name = "first question by GET"
    return Asked(
        f"{name}, not modified" if unchanged else name,
        "\r\n".join(lines).encode(),
        Expected(304) if unchanged else ANSWERED,
    )


def new_documents() -> Asked:
    """A page of 20, each time by a document that no cache knows."""
    return Asked("new document", _fresh("{ organizations(first: 20) { nodes { key name } } }"))


def searches() -> Asked:
    """A search for another text each time, so that its answer is never kept from before."""
    text = "query Search($text: String!) { organizations(first: 5, where: { name: { contains: $text } }) "
    numbers = itertools.count()
    return Asked(
        "search",
        lambda: post(Request(text + "{ nodes { key name } } }", {"text": f"demo {next(numbers)}"})),
    )


def bad_documents() -> tuple[Asked, ...]:
    """Documents that are refused, each time with another name, so that no cache knows them."""
    most = settings_from({})
    deep = "{ a " * (most.max_depth + 1) + "}" * (most.max_depth + 1)
    wide = " ".join(f"a{number}: __typename" for number in range(most.max_aliases + 1))
    costly = "{ organizations(first: 1000) { nodes { memberships(first: 1000) { nodes { key } } } } }"
    long = "{ " + "a " * most.max_tokens + "}"
    return (
        Asked("too deep", _fresh(deep), _refused("depth")),
        Asked("too many aliases", _fresh(f"{{ {wide} }}"), _refused("aliases")),
        Asked("too costly", _fresh(costly), _refused("cost")),
        Asked(f"too many tokens ({most.max_tokens:,})", _fresh(long), _refused("tokens")),
        Asked("too large a body (1 MB)", _large(), _refused("body", 413)),
    )


def _refused(limit: str, status: int = 400) -> Expected:
    return Expected(status, f'"limit_name":"{limit}"'.encode())


def _fresh(selections: str) -> Callable[[], bytes]:
    """Requests for the same selections under a new name each time."""
    request = post(Request(f"query {_NUMBER} {selections}"), accept=Form.RESPONSE.value)
    before, _, after = request.partition(_NUMBER.encode())
    numbers = itertools.count()
    return lambda: b"%bQ%07d%b" % (before, next(numbers), after)


def _large() -> bytes:
    return post(Request("{ a }".ljust(_TOO_LARGE)), accept=Form.RESPONSE.value)
