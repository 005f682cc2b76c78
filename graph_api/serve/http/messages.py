"""The messages of HTTP as ASGI has them: a body read within a limit, an answer sent in two messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus

import orjson
from starlette.types import Receive, Scope, Send

from graph_api.errors import (
    ErrorCode,
    GraphError,
    LimitExceededError,
    MalformedRequestError,
    RequestTimeoutError,
)
from graph_api.serve.http.negotiation import Form
from graph_api.serve.http.patience import within
from graph_api.serve.operations.replies import refusal

Header = tuple[bytes, bytes]

_OF_ALL = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PLAIN_POLICY = f"{_OF_ALL}; style-src 'self'"
"""The content security policy of every answer but the query page; a worker has that of its own file."""
QUERY_PAGE_POLICY = f"{_OF_ALL}; style-src 'self' 'unsafe-inline'; font-src 'self'; worker-src 'self'"
"""That of the query page: its editor places each line by a style attribute, has a font of icons, and workers.
``'self'`` in ``connect-src`` covers the WebSocket of subscriptions."""
SECURITY_HEADERS: tuple[Header, ...] = (
    (b"content-security-policy", PLAIN_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_STATUS = {
    ErrorCode.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ErrorCode.UNTRUSTED_DOCUMENT: HTTPStatus.FORBIDDEN,
    ErrorCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.SERVER_BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.NOT_READY: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.IDENTITY_PROVIDER_UNREACHABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.DATABASE_CONFLICT: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.UNKNOWN_QUESTION: HTTPStatus.NOT_FOUND,
    ErrorCode.REQUEST_TIMEOUT: HTTPStatus.GATEWAY_TIMEOUT,
    ErrorCode.UNKNOWN_ADDRESS: HTTPStatus.NOT_FOUND,
    ErrorCode.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    ErrorCode.NOT_ACCEPTABLE: HTTPStatus.NOT_ACCEPTABLE,
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ErrorCode.UNKNOWN_IMPORT: HTTPStatus.NOT_FOUND,
    ErrorCode.IMPORT_NOT_READY: HTTPStatus.CONFLICT,
    ErrorCode.UNREADABLE_FILE: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


_TOO_LARGE = ("body", "reconciled_batch", "reconciled_text")


async def read_body(headers: Mapping[bytes, bytes], receive: Receive, most: int, seconds: float) -> bytes:
    """The body of a request.

    Raises ``LimitExceededError`` as soon as it is larger than ``most`` bytes, ``RequestTimeoutError`` when it
    is not whole after so many seconds, and ``MalformedRequestError`` when its client goes before.
    """
    declared = headers.get(b"content-length", b"")
    if declared.isdigit() and int(declared) > most:
        raise _too_large(int(declared), most)
    try:
        return await within(seconds, _whole_body(receive, most))
    except TimeoutError as problem:
        raise RequestTimeoutError(
            f"The body was not whole after {seconds:g} seconds.",
            limit_name="request_seconds",
            limit=seconds,
            part="body",
        ) from problem


async def _whole_body(receive: Receive, most: int) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise MalformedRequestError("The body ended before it was whole.", part="body")
        body += message.get("body", b"")
        more = bool(message.get("more_body"))
        if len(body) > most:
            raise _too_large(len(body), most)
    return body


def _too_large(value: int, most: int) -> LimitExceededError:
    return LimitExceededError(
        f"The body has {value:,} bytes or more; at most {most:,} are read.",
        limit_name="body",
        value=value,
        limit=most,
    )


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers of a request by lower-case name; of several of one name, the last."""
    return dict(scope["headers"])


@cache
def answer_headers(form: Form, by_get: bool = False) -> tuple[Header, ...]:
    """The headers of an answer in this form: its type first, then whether it may be kept."""
    type_ = (b"content-type", content_type(form))
    if by_get:
        return type_, (b"vary", b"Accept, Authorization"), (b"cache-control", b"private, no-cache")
    return type_, (b"cache-control", b"no-store")


async def send_answer(send: Send, status: int, headers: Iterable[Header], body: bytes) -> None:
    """Send a whole answer."""
    length = (b"content-length", b"%d" % len(body))
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, length, *SECURITY_HEADERS]}
    )
    await send({"type": "http.response.body", "body": body})


async def send_error(send: Send, error: GraphError, form: Form) -> None:
    """Send an error of the request itself, in the form that the client accepts."""
    own = ((name, str(value).encode()) for name, value in _headers_of(error))
    headers = (*answer_headers(form), *own)
    await send_answer(send, status_of(error), headers, orjson.dumps(refusal(error).payload))


def content_type(form: Form) -> bytes:
    """The header for a form; answers are UTF-8."""
    known = form if form in (Form.JSON, Form.RESPONSE) else Form.JSON
    return f"{known.value}; charset=utf-8".encode()


def status_of(error: GraphError) -> int:
    """The status for an error of the request itself."""
    if error.code is ErrorCode.LIMIT_EXCEEDED and error.place.get("limit_name") in _TOO_LARGE:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if error.code is ErrorCode.REQUEST_TIMEOUT and error.place.get("part") == "body":
        return HTTPStatus.REQUEST_TIMEOUT
    if error.code is ErrorCode.OPERATION_NOT_ALLOWED and error.place.get("operation_type") == "mutation":
        return HTTPStatus.METHOD_NOT_ALLOWED
    return _STATUS.get(error.code, HTTPStatus.BAD_REQUEST)


def _headers_of(error: GraphError) -> Iterable[tuple[bytes, object]]:
    status = status_of(error)
    if "retry_after" in error.place:
        yield b"retry-after", error.place["retry_after"]
    if status == HTTPStatus.UNAUTHORIZED:
        yield b"www-authenticate", "Bearer"
    if status == HTTPStatus.REQUEST_TIMEOUT:
        # What is left of the body would come before the next request.
        yield b"connection", "close"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        yield b"allow", error.place.get("allow", "POST")
