"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/), as one ASGI application.

A request is judged in this order: who asks, how often, how much, what. What is refused on the way is an
error with a code, in the form that the client accepts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from starlette.types import Receive, Scope, Send

from graph_api.access.viewer import Viewer
from graph_api.changes.version import GraphVersion
from graph_api.errors import (
    GraphError,
    MalformedRequestError,
    MethodNotAllowedError,
    NotAcceptableError,
    UnsupportedMediaTypeError,
)
from graph_api.observe.metrics import Cache
from graph_api.serve.answer import QUERIES, QUERIES_AND_MUTATIONS, Asking, Operation, answer
from graph_api.serve.api import Api
from graph_api.serve.event_stream import send_events
from graph_api.serve.explain import EXPLAIN_HEADER
from graph_api.serve.graphql_request import GraphQLRequest, request_of_query, requests_of_body
from graph_api.serve.http_messages import content_type, headers_of, read_body, send_answer, send_error
from graph_api.serve.negotiation import Form, accepted
from graph_api.serve.replies import Reply

PREFLIGHT_HEADER = "GraphQL-Require-Preflight"
"""Whoever sends it is no link or form of another site: browsers ask before they send it."""
_EXPLAIN = EXPLAIN_HEADER.lower().encode()
_PREFLIGHT = PREFLIGHT_HEADER.lower().encode()
_TRACE = ("traceparent", "tracestate")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request while it is answered."""

    headers: Mapping[bytes, bytes]
    form: Form
    viewer: Viewer
    asking: Asking
    by_get: bool


class GraphQLOverHttp:
    """Answers GET and POST."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; whatever is wrong with it is an answer too."""
        headers = headers_of(scope)
        forms = [each for each in accepted(headers.get(b"accept", b"")) if each is not Form.PAGE]
        form = forms[0] if forms else Form.JSON
        try:
            if not forms:
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
            await send_error(send, error, form)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], form: Form
    ) -> None:
        api = self._api
        authorization = headers.get(b"authorization")
        viewer = await api.authenticator.viewer(None if authorization is None else _latin(authorization))
        if api.rate is not None:
            await api.rate.check(_client(scope, viewer))
        trace = {name: _latin(headers[name.encode()]) for name in _TRACE if name.encode() in headers}
        asking = api.disclosure.asking(viewer, explain=headers.get(_EXPLAIN) == b"1", trace=trace)
        found: GraphQLRequest | list[GraphQLRequest]
        if scope["method"] == "POST":
            _check_media_type(headers)
            body = await read_body(headers, receive, api.max_body, api.runtime.request_seconds)
            found = requests_of_body(body, api.max_batch)
        elif scope["method"] == "GET":
            found = request_of_query(scope["query_string"])
            self._check_get(found, headers)
        else:
            raise MethodNotAllowedError("Questions come by GET or POST.", part="method", allow="GET, POST")
        asked = _Asked(headers, form, viewer, asking, by_get=scope["method"] == "GET")
        if isinstance(found, list):
            await self._answer_batch(send, found, asked)
        elif form is Form.EVENTS:
            await send_events(api, self._operation(found), asking, scope, receive, send)
        else:
            await self._answer_one(send, found, asked)

    def _check_get(self, request: GraphQLRequest, headers: Mapping[bytes, bytes]) -> None:
        """A plain link of another site must not run a document of its own."""
        if request.text is not None and not self._api.disclosure.texts_by_get and _PREFLIGHT not in headers:
            raise MalformedRequestError(
                f"A document in the address is answered with the header {PREFLIGHT_HEADER} only.",
                remedy="Send it by POST, or ask for a registered document by its hash.",
                part=PREFLIGHT_HEADER,
            )

    def _operation(self, request: GraphQLRequest) -> Operation:
        text = self._api.trusted.text(request.text, request.document)
        return Operation(text, request.operation, request.variables)

    async def _answer_batch(self, send: Send, requests: list[GraphQLRequest], asked: _Asked) -> None:
        if asked.form is Form.EVENTS:
            raise MalformedRequestError("A batch cannot be answered as a stream of events.", part="body")
        bodies = [(await self._body(self._operation(each), asked, None))[0] for each in requests]
        headers = [(b"content-type", content_type(asked.form)), (b"cache-control", b"no-store")]
        await send_answer(send, HTTPStatus.OK, headers, b"[" + b",".join(bodies) + b"]")

    async def _answer_one(self, send: Send, request: GraphQLRequest, asked: _Asked) -> None:
        operation = self._operation(request)
        versions = self._api.runtime.versions
        version = versions.current() or await versions.certain()
        headers = [(b"content-type", content_type(asked.form))]
        if asked.by_get:
            headers.append((b"vary", b"Accept, Authorization"))
            headers.append((b"cache-control", b"private, no-cache"))
            if version is not None and not asked.asking.explain:
                tag = _tag(operation, asked, version)
                headers.append((b"etag", tag))
                if _matches(asked.headers.get(b"if-none-match", b""), tag) and self._is_read(operation):
                    await send_answer(send, HTTPStatus.NOT_MODIFIED, headers[1:], b"")
                    return
        else:
            headers.append((b"cache-control", b"no-store"))
        body, refused = await self._body(operation, asked, version)
        status = HTTPStatus.BAD_REQUEST if refused and asked.form is Form.RESPONSE else HTTPStatus.OK
        await send_answer(send, status, headers, body)

    async def _body(
        self, operation: Operation, asked: _Asked, version: GraphVersion | None
    ) -> tuple[bytes, bool]:
        """The body of the answer, and whether the operation was refused."""
        api = self._api
        key = (operation.text, operation.name, _bytes(operation.variables), asked.viewer.role)
        keeps = version is not None and not asked.asking.explain and api.cache.capacity > 0
        if keeps:
            kept = api.cache.get(key, version)
            api.metrics.looked_up(Cache.RESPONSE, hit=kept is not None)
            if kept is not None:
                return kept, False
        with api.admission.admitted():
            allowed = QUERIES if asked.by_get else QUERIES_AND_MUTATIONS
            reply: Reply = await answer(api.runtime, operation, asked.asking, allowed)
        for code in reply.codes:
            api.metrics.error_met(code)
        body = orjson.dumps(reply.payload)
        if keeps and reply.complete and self._is_read(operation):
            api.cache.put(key, version, body)
        return body, reply.refused

    def _is_read(self, operation: Operation) -> bool:
        """Whether it is known to be a valid query of the data: one whose answer its version decides."""
        return self._api.runtime.documents.reads(operation.text, operation.name)


def _tag(operation: Operation, asked: _Asked, version: GraphVersion) -> bytes:
    """The entity tag of an answer: what it was made from stands for what it is."""
    parts = (
        version.graph,
        str(version.number),
        asked.viewer.role,
        asked.form.value,
        operation.text,
        operation.name or "",
    )
    digest = hashlib.sha256("\0".join(parts).encode() + b"\0" + _bytes(operation.variables))
    return b'W/"' + digest.hexdigest()[:32].encode() + b'"'


def _matches(header: bytes, tag: bytes) -> bool:
    """Whether an ``If-None-Match`` names the tag; compared weakly (RFC 9110, 13.1.2)."""
    given = {part.strip().removeprefix(b"W/") for part in header.split(b",")}
    return tag.removeprefix(b"W/") in given or b"*" in given


def _bytes(variables: Mapping[str, object]) -> bytes:
    """The variables in one order; raises ``MalformedRequestError`` for what can be read but not written."""
    try:
        return orjson.dumps(variables, option=orjson.OPT_SORT_KEYS) if variables else b""
    except orjson.JSONEncodeError as problem:
        raise MalformedRequestError("The variables are nested too deeply.", part="variables") from problem


def _check_media_type(headers: Mapping[bytes, bytes]) -> None:
    name, _, parameters = headers.get(b"content-type", b"").decode("latin-1").partition(";")
    charset = next(
        (part.partition("=")[2] for part in parameters.split(";") if part.strip().startswith("charset=")),
        "utf-8",
    )
    if name.strip().lower() != "application/json" or charset.strip('" ').lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaTypeError(
            "A body has to be application/json in UTF-8.", part="Content-Type", value=name[:80]
        )


def _client(scope: Scope, viewer: Viewer) -> str:
    """Whom a request counts for: an account, or the address that it came from."""
    if viewer.authenticated:
        return f"viewer:{viewer.name}"
    address = scope.get("client")
    return f"address:{address[0]}" if address else "address:"


def _latin(value: bytes) -> str:
    return value.decode("latin-1")
