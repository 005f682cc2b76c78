"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/), as one ASGI application.

A request is judged in this order: who asks, how often, how much, what. What is refused on the way is an
error with a code, in the form that the client accepts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

import orjson
from starlette.types import Receive, Scope, Send

from graph_api.access.keys import today
from graph_api.access.viewer import Viewer
from graph_api.changes.version import GraphVersion
from graph_api.errors import (
    GraphError,
    MalformedRequestError,
    MethodNotAllowedError,
    NotAcceptableError,
)
from graph_api.observe.metrics import Cache
from graph_api.serve.execution.explain import EXPLAIN_HEADER
from graph_api.serve.http.event_stream import send_events
from graph_api.serve.http.messages import answer_headers, headers_of, read_body, send_answer, send_error
from graph_api.serve.http.negotiation import KNOWN_HEADERS, Form, accepted, check_media_type
from graph_api.serve.operations.answer import QUERIES, QUERIES_AND_MUTATIONS, Asking, answer
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.asked import Asked, Question, RequestReader
from graph_api.serve.operations.replies import Reply

PREFLIGHT_HEADER = "GraphQL-Require-Preflight"
"""Whoever sends it is no link or form of another site: browsers ask before they send it."""
_EXPLAIN = EXPLAIN_HEADER.lower().encode()
_PREFLIGHT = PREFLIGHT_HEADER.lower().encode()
_TRACE = {b"traceparent": "traceparent", b"tracestate": "tracestate"}


class _Asker(NamedTuple):
    """Who asks, and how. A tuple, because it is made for every request."""

    headers: Mapping[bytes, bytes]
    form: Form
    viewer: Viewer
    by_get: bool

    @property
    def explains(self) -> bool:
        """Whether they want to be told how the answer was made."""
        return self.headers.get(_EXPLAIN) == b"1"


class GraphQLOverHttp:
    """Answers GET and POST."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._reader = RequestReader(api.trusted, api.max_batch)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; whatever is wrong with it is an answer too."""
        headers = headers_of(scope)
        form = _form(headers.get(b"accept", b""))
        try:
            if form is None:
                raise NotAcceptableError(
                    "Nothing that the request accepts is a form of answers here.",
                    remedy=f"Accept {Form.RESPONSE.value} or {Form.JSON.value}.",
                    part="Accept",
                )
            await self._answer(scope, receive, send, headers, form)
        except GraphError as error:
            api = self._api
            api.metrics.error_met(str(error.code))
            if "limit_name" in error.place:
                api.metrics.rejected(str(error.place["limit_name"]))
            await send_error(send, error, form or Form.JSON)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], form: Form
    ) -> None:
        api = self._api
        authorization = headers.get(b"authorization")
        viewer = await api.authenticator.viewer(None if authorization is None else _latin(authorization))
        if api.rate is not None:
            await api.rate.check(client_of(scope, viewer))
        asker = _Asker(headers, form, viewer, scope["method"] == "GET")
        found: Question
        if scope["method"] == "POST":
            check_media_type(headers.get(b"content-type", b""))
            body = await read_body(headers, receive, api.max_body, api.runtime.request_seconds)
            found = self._reader.body(body)
        elif asker.by_get:
            found = self._reader.query(scope["query_string"])
            self._check_get(found, headers)
        else:
            raise MethodNotAllowedError("Questions come by GET or POST.", part="method", allow="GET, POST")
        if isinstance(found, tuple):
            await self._answer_batch(send, found, asker)
        elif form is Form.EVENTS:
            await send_events(api, found.operation, self._asking(asker), scope, receive, send)
        else:
            await self._answer_one(send, found, asker)

    def _check_get(self, asked: Asked, headers: Mapping[bytes, bytes]) -> None:
        """A plain link of another site must not run a document of its own."""
        if asked.own_text and not self._api.disclosure.texts_by_get and _PREFLIGHT not in headers:
            raise MalformedRequestError(
                f"A document in the address is answered with the header {PREFLIGHT_HEADER} only.",
                remedy="Send it by POST, or ask for a registered document by its hash.",
                part=PREFLIGHT_HEADER,
            )

    def _asking(self, asker: _Asker) -> Asking:
        """What may be told to who asks; raises ``ForbiddenError`` for a refused explanation."""
        headers = asker.headers
        trace = {name: _latin(headers[key]) for key, name in _TRACE.items() if key in headers}
        return self._api.disclosure.asking(asker.viewer, explain=asker.explains, trace=trace)

    async def _answer_batch(self, send: Send, questions: tuple[Asked, ...], asker: _Asker) -> None:
        if asker.form is Form.EVENTS:
            raise MalformedRequestError("A batch cannot be answered as a stream of events.", part="body")
        bodies = [(await self._executed(each, asker, None))[0] for each in questions]
        await send_answer(send, HTTPStatus.OK, answer_headers(asker.form), b"[" + b",".join(bodies) + b"]")

    async def _answer_one(self, send: Send, asked: Asked, asker: _Asker) -> None:
        versions = self._api.runtime.versions
        version = None if asker.explains else versions.current() or await versions.certain()
        headers = answer_headers(asker.form, asker.by_get)
        body, refused = self._kept(asked, asker, version), False
        if version is not None and asker.by_get:
            tag = _tag(asked, asker, version)
            headers = (*headers, (b"etag", tag))
            known = body is not None or self._is_read(asked)
            if known and _matches(asker.headers.get(b"if-none-match", b""), tag):
                await send_answer(send, HTTPStatus.NOT_MODIFIED, headers[1:], b"")
                return
        if body is None:
            body, refused = await self._executed(asked, asker, version)
        status = HTTPStatus.BAD_REQUEST if refused and asker.form is Form.RESPONSE else HTTPStatus.OK
        await send_answer(send, status, headers, body)

    def _kept(self, asked: Asked, asker: _Asker, version: GraphVersion | None) -> bytes | None:
        """The body of the answer, where it is kept from before."""
        api = self._api
        if version is None or not api.cache.capacity:
            return None
        kept = api.cache.get(_key(asked, asker), version)
        api.metrics.looked_up(Cache.RESPONSE, hit=kept is not None)
        return kept

    async def _executed(
        self, asked: Asked, asker: _Asker, version: GraphVersion | None
    ) -> tuple[bytes, bool]:
        """The body of the answer, kept for the version if there is one; whether the operation was refused."""
        api, asking = self._api, self._asking(asker)
        with api.admission.admitted():
            allowed = QUERIES if asker.by_get else QUERIES_AND_MUTATIONS
            reply: Reply = await answer(api.runtime, asked.operation, asking, allowed)
        for code in reply.codes:
            api.metrics.error_met(code)
        body = orjson.dumps(reply.payload)
        if version is not None and reply.complete and self._is_read(asked):
            api.cache.put(_key(asked, asker), version, body)
        return body, reply.refused

    def _is_read(self, asked: Asked) -> bool:
        """Whether it is known to be a valid query of the data: one whose answer its version decides."""
        return self._api.runtime.documents.reads(asked.operation.text, asked.operation.name)


def _key(asked: Asked, asker: _Asker) -> tuple[str, str | None, str, str, str]:
    """What decides an answer, beside the version: some questions count from today unless they name a day."""
    operation = asked.operation
    return operation.text, operation.name, asked.variables, asker.viewer.role, _today()


def _tag(asked: Asked, asker: _Asker, version: GraphVersion) -> bytes:
    """The entity tag of an answer: what it was made from stands for what it is."""
    parts = (
        version.graph,
        str(version.number),
        asker.viewer.role,
        asker.form.value,
        asked.operation.text,
        asked.operation.name or "",
        asked.variables,
        _today(),
    )
    digest = hashlib.sha256("\0".join(parts).encode())
    return b'W/"' + digest.hexdigest()[:32].encode() + b'"'


def _today() -> str:
    return today().isoformat()


def _matches(header: bytes, tag: bytes) -> bool:
    """Whether an ``If-None-Match`` names the tag; compared weakly (RFC 9110, 13.1.2)."""
    if not header:
        return False
    given = {part.strip().removeprefix(b"W/") for part in header.split(b",")}
    return tag.removeprefix(b"W/") in given or b"*" in given


@lru_cache(maxsize=KNOWN_HEADERS)
def _form(accept: bytes) -> Form | None:
    """The best form of answers that the header accepts; a page is none."""
    return next((each for each in accepted(accept) if each is not Form.PAGE), None)


def client_of(scope: Scope, viewer: Viewer) -> str:
    """Whom a request counts for: an account, or the address that it came from."""
    if viewer.authenticated:
        return f"viewer:{viewer.name}"
    address = scope.get("client")
    return f"address:{address[0]}" if address else "address:"


def _latin(value: bytes) -> str:
    return value.decode("latin-1")
