"""The service over HTTP: ``/reconcile`` speaks version 0.2, ``/reconcile/draft`` speaks 1.0-draft.

Every address answers pages of any site (version 0.2, section 3.2.1, asks for it): by CORS without
credentials of the browser, so that a page gets what it could get itself. JSONP, which may be offered, is
not: it makes an answer a program that runs in the page that asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import parse_qs

import orjson
from starlette.types import Message, Receive, Scope, Send

from graph_api.access.viewer import Viewer
from graph_api.errors import (
    GraphError,
    MalformedRequestError,
    MethodNotAllowedError,
    NotReadyError,
    RequestTimeoutError,
    UnknownAddressError,
    UnsupportedMediaTypeError,
)
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.fields.duplicate_pages import snapshot_of
from graph_api.serve.http.graphql import client_of
from graph_api.serve.http.messages import (
    SECURITY_HEADERS,
    Header,
    headers_of,
    read_body,
    send_error,
)
from graph_api.serve.http.negotiation import Form, check_media_type
from graph_api.serve.http.reconcile.candidates import Matcher
from graph_api.serve.http.reconcile.catalogue import Catalogue, suggested
from graph_api.serve.http.reconcile.extension import Extended, extended, extension_of
from graph_api.serve.http.reconcile.manifest import manifest
from graph_api.serve.http.reconcile.preview import PREVIEW_POLICY, preview_page
from graph_api.serve.http.reconcile.queries import batch_of_form, batch_of_json, parsed
from graph_api.serve.http.service import Service
from graph_api.serve.operations.api import Api

ROOT = "/reconcile"
DRAFT = f"{ROOT}/draft"
_FORM = b"application/x-www-form-urlencoded"
_MOST_FIELDS = 20
_PREFLIGHT_SECONDS = b"600"
_CORS: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Retry-After, X-Request-Id"),
)
_PREFLIGHT: tuple[Header, ...] = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, Accept-Language"),
    (b"access-control-max-age", _PREFLIGHT_SECONDS),
)
_JSON: tuple[Header, ...] = (
    (b"content-type", b"application/json; charset=utf-8"),
    (b"cache-control", b"no-store"),
)
_PAGE: tuple[Header, ...] = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", PREVIEW_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request: its address below the service's, what it brings, and for whom it is answered."""

    path: str
    draft: bool
    post: bool
    fields: Mapping[str, str]
    body: bytes
    base: str
    viewer: Viewer
    catalogue: Catalogue

    def number(self, name: str) -> int:
        """A field that holds a number from 0 on; 0 where it is left out."""
        text = self.fields.get(name, "0")
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise MalformedRequestError(f"'{name}' has to be a number from 0 on.", part=name)
        return int(text)


Reply: TypeAlias = "tuple[tuple[Header, ...], bytes]"
_Handler: TypeAlias = Callable[[_Asked], Awaitable[object]]


class Reconciliation:
    """Answers all addresses of the service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._handlers: Mapping[tuple[str, bool], _Handler] = {
            ("", False): self._manifest,
            ("/match", True): self._match_draft,
            ("/extend", True): self._extend_draft,
            ("/extend/propose", False): self._propose,
            ("/suggest/entity", False): self._suggest_entity,
            ("/suggest/property", False): self._suggest_property,
            ("/suggest/type", False): self._suggest_type,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; whatever is wrong with it is an answer too."""

        async def open_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_CORS]
            await send(message)

        if scope["method"] == "OPTIONS":
            await _send(open_send, _PREFLIGHT, b"", HTTPStatus.NO_CONTENT)
            return
        try:
            await self._answer(scope, receive, open_send)
        except GraphError as error:
            api = self._service.api
            if api is not None:
                api.metrics.error_met(str(error.code))
                if "limit_name" in error.place:
                    api.metrics.rejected(str(error.place["limit_name"]))
            await send_error(open_send, error, Form.JSON)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        api = self._api()
        asked = await self._asked(api, scope, receive)
        with api.admission.admitted():
            headers, body = await _in_time(api.runtime.request_seconds, self._reply(asked))
        await _send(send, headers, body)

    async def _reply(self, asked: _Asked) -> Reply:
        if asked.path == "/preview" and not asked.post:
            return _PAGE, await self._preview(asked)
        return (*_JSON, *SECURITY_HEADERS), orjson.dumps(await self._handler(asked)(asked))

    def _api(self) -> Api:
        if self._service.api is None:
            raise NotReadyError("The data is still being loaded.", retry_after=2)
        return self._service.api

    async def _asked(self, api: Api, scope: Scope, receive: Receive) -> _Asked:
        headers = headers_of(scope)
        path = str(scope["path"])
        root = DRAFT if path == DRAFT or path.startswith(f"{DRAFT}/") else ROOT
        draft, post = root == DRAFT, scope["method"] == "POST"
        if scope["method"] not in ("GET", "POST"):
            raise MethodNotAllowedError("Questions come by GET or POST.", part="method", allow="GET, POST")
        authorization = headers.get(b"authorization")
        viewer = await api.authenticator.viewer(
            None if authorization is None else authorization.decode("latin-1")
        )
        if api.rate is not None:
            await api.rate.check(client_of(scope, viewer))
        body = b""
        if post:
            _check_body(headers, draft=draft)
            body = await read_body(headers, receive, api.max_body, api.runtime.request_seconds)
        fields = _fields(scope["query_string"]) | (_fields(body) if post and not draft else {})
        identity = api.runtime.snapshots.identity if api.runtime.snapshots else None
        if identity is None:
            raise UnknownAddressError("This server compares nothing.")
        catalogue = Catalogue(identity, viewer.role)
        rest = path.removeprefix(root).rstrip("/")
        return _Asked(rest, draft, post, fields, body, f"{_site(scope, headers)}{root}", viewer, catalogue)

    def _handler(self, asked: _Asked) -> _Handler:
        if asked.path == "" and not asked.draft and ("queries" in asked.fields or "extend" in asked.fields):
            return self._match if "queries" in asked.fields else self._extend
        if asked.path == "" and asked.post and not asked.draft:
            raise MalformedRequestError("A form has the field 'queries' or 'extend'.", part="body")
        found = self._handlers.get((asked.path, asked.post))
        if found is None or (asked.post and not asked.draft):
            raise UnknownAddressError(
                f"The service answers nothing at '{asked.path[:80]}' by {'POST' if asked.post else 'GET'}.",
                remedy="The manifest says what it answers.",
            )
        return found

    async def _manifest(self, asked: _Asked) -> object:
        return manifest(
            self._service.title,
            asked.catalogue,
            asked.base,
            draft=asked.draft,
            credentials=self._service.credentials,
        )

    async def _matcher(self, asked: _Asked) -> Matcher:
        context = {RUNTIME: self._api().runtime, ROLE: asked.viewer.role}
        return Matcher(await snapshot_of(context), asked.catalogue)

    async def _match(self, asked: _Asked) -> object:
        batch = batch_of_form(asked.fields["queries"])
        matcher = await self._matcher(asked)
        found = await asyncio.to_thread(lambda: [matcher.candidates(query) for query in batch.values()])
        return {name: {"result": each} for name, each in zip(batch, found, strict=True)}

    async def _match_draft(self, asked: _Asked) -> object:
        batch = batch_of_json(asked.body)
        matcher = await self._matcher(asked)
        found = await asyncio.to_thread(lambda: [matcher.candidates(query) for query in batch])
        return {"results": [{"candidates": each} for each in found]}

    async def _extended(self, asked: _Asked, given: Mapping[str, object]) -> Extended:
        return await extended(self._api().runtime, asked.viewer, asked.catalogue, extension_of(given))

    async def _extend(self, asked: _Asked) -> object:
        found = await self._extended(asked, parsed(asked.fields["extend"], "extend"))
        return {"meta": found.meta, "rows": found.rows}

    async def _extend_draft(self, asked: _Asked) -> object:
        found = await self._extended(asked, parsed(asked.body, "body"))
        rows = [
            {"id": each, "properties": [{"id": name, "values": values} for name, values in row.items()]}
            for each, row in found.rows.items()
        ]
        return {"meta": found.meta, "rows": rows}

    async def _propose(self, asked: _Asked) -> object:
        type_ = asked.fields.get("type", "")
        limit = asked.number("limit")
        kinds = asked.catalogue.kinds_of([type_] if type_ else [])
        offered = [each.as_json() for each in asked.catalogue.properties(kinds)]
        found: dict[str, object] = {"properties": offered[:limit] if limit else offered}
        return {**found, **({"type": type_} if type_ else {}), **({"limit": limit} if limit else {})}

    async def _suggest_entity(self, asked: _Asked) -> object:
        matcher = await self._matcher(asked)
        return {"result": matcher.suggested(asked.fields.get("prefix", ""), asked.number("cursor"))}

    async def _suggest_property(self, asked: _Asked) -> object:
        type_ = asked.fields.get("type", "")
        offered = asked.catalogue.properties(asked.catalogue.kinds_of([type_] if type_ else []))
        return {"result": suggested(offered, asked.fields.get("prefix", ""), asked.number("cursor"))}

    async def _suggest_type(self, asked: _Asked) -> object:
        found = suggested(asked.catalogue.types(), asked.fields.get("prefix", ""), asked.number("cursor"))
        return {"result": found}

    async def _preview(self, asked: _Asked) -> bytes:
        wanted = asked.fields.get("id", "")
        records = (await self._matcher(asked)).records([wanted])
        if not records:
            raise UnknownAddressError(
                f"Nothing that is compared has the id '{wanted[:80]}'.", argument="id", value=wanted[:80]
            )
        return preview_page(records[0])


async def _in_time(seconds: float, replying: Awaitable[Reply]) -> Reply:
    try:
        async with asyncio.timeout(seconds):
            return await replying
    except TimeoutError as problem:
        raise RequestTimeoutError(
            f"The answer took longer than {seconds:g} seconds and was given up.",
            remedy="Send smaller batches.",
            limit_name="request_seconds",
            limit=seconds,
        ) from problem


def _fields(text: bytes) -> dict[str, str]:
    """The fields of a form or an address; of several of one name, the last.

    Raises ``MalformedRequestError`` for what is no form in UTF-8, or has too many fields.
    """
    try:
        found = parse_qs(
            text.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as problem:
        raise MalformedRequestError(f"The form cannot be read: {problem}.", part="form") from problem
    return {name: values[-1] for name, values in found.items()}


def _check_body(headers: Mapping[bytes, bytes], *, draft: bool) -> None:
    given = headers.get(b"content-type", b"")
    if draft:
        check_media_type(given)
    elif given.partition(b";")[0].strip().lower() != _FORM:
        raise UnsupportedMediaTypeError(
            f"A body has to be {_FORM.decode()}.",
            part="Content-Type",
            value=given.decode("latin-1")[:80],
        )


def _site(scope: Scope, headers: Mapping[bytes, bytes]) -> str:
    """The address that the client knows this server by."""
    host = headers.get(b"host", b"").decode("latin-1")
    plain = all(letter.isalnum() or letter in ".-:[]" for letter in host)
    return f"{scope.get('scheme', 'http')}://{host if host and plain else 'localhost'}"


async def _send(send: Send, headers: tuple[Header, ...], body: bytes, status: int = HTTPStatus.OK) -> None:
    length = () if status == HTTPStatus.NO_CONTENT else ((b"content-length", b"%d" % len(body)),)
    await send({"type": "http.response.start", "status": int(status), "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": body})
