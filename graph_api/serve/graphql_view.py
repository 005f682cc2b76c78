"""GraphQL over HTTP: Strawberry's view, on the runtime of the service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from graph_api.serve.execution import RUNTIME
from graph_api.serve.explain import EXPLAIN_HEADER, EXPLANATIONS
from graph_api.serve.lane import ALREADY_READ, Read
from graph_api.serve.policy import QUERY_PAGE_POLICY
from graph_api.serve.runtime import Runtime
from graph_api.serve.service import Readiness, Service

Context: TypeAlias = dict[str, object]
QUERY_PAGE = Path(__file__).parent / "web" / "query" / "index.html"


class GraphQLView(GraphQL[Context, None]):
    """Answers operations; a browser that asks for a page gets the query page."""

    def __init__(self, runtime: Runtime, *, explains: bool) -> None:
        super().__init__(runtime.schema.strawberry, graphql_ide="graphiql", multipart_uploads_enabled=False)
        self._runtime = runtime
        self._explains = explains

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, the short way if its operation is known."""
        if scope["type"] == "http" and scope["method"] == "POST":
            request = Request(scope, receive)
            data = await self._known(request)
            if data is not None:
                await Response(orjson.dumps({"data": data}), media_type="application/json")(
                    scope, receive, send
                )
                return
            receive = _replayed(await request.body(), receive)
        await super().__call__(scope, receive, send)

    async def _known(self, request: Request) -> dict[str, object] | None:
        """The data of a known operation; the whole pipeline judges everything else, malformed bodies too."""
        plain = request.headers.get("content-type", "").partition(";")[0] == "application/json"
        if not plain or EXPLAIN_HEADER in request.headers:
            return None
        try:
            body = orjson.loads(await request.body())
            text, name, variables = body["query"], body.get("operationName"), body.get("variables") or {}
        except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
            return None
        if not isinstance(text, str) or not isinstance(variables, dict) or not isinstance(name, str | None):
            return None
        operation = self._runtime.documents.operation(text, name)
        if operation is None:
            return None
        read: dict[str, Read] = {}
        request.state.already_read = read
        role = self._runtime.vocabulary.ontology.public
        return await self._runtime.lane.answer(self._runtime, operation, variables, role, read)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """The context of an operation: the runtime, and a place for explanations if they are asked for."""
        context: Context = {RUNTIME: self._runtime, "request": request, "response": response}
        already = getattr(request.state, "already_read", None)
        if already:
            context[ALREADY_READ] = already
        if request.headers.get(EXPLAIN_HEADER) == "1":
            if not self._explains:
                raise HTTPException(403, f"{EXPLAIN_HEADER} is answered in development mode only.")
            context[EXPLANATIONS] = {}
        return context

    async def render_graphql_ide(self, request: Request) -> Response:
        """The query page, with the policy that its editor needs."""
        headers = {"Content-Security-Policy": QUERY_PAGE_POLICY}
        return FileResponse(QUERY_PAGE, media_type="text/html", headers=headers)

    def encode_json(self, data: object) -> str:
        """JSON as text: bytes would make binary frames of WebSocket messages."""
        return orjson.dumps(data).decode()

    def decode_json(self, data: str | bytes) -> object:
        """The JSON of a request; raises ``json.JSONDecodeError``, which the view answers with 400."""
        return json.loads(data)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The messages of a request whose body was already read."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class GraphQLEndpoint:
    """The view once the service is ready; until then, a plain answer that says so."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._view: GraphQLView | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._service.readiness is not Readiness.READY or self._service.runtime is None:
            await _not_ready()(scope, receive, send)
            return
        if self._view is None:
            self._view = GraphQLView(self._service.runtime, explains=self._service.explains)
        await self._view(scope, receive, send)


def _not_ready() -> Response:
    body: Mapping[str, object] = {
        "errors": [{"message": "The data is still being loaded.", "extensions": {"code": "NOT_READY"}}]
    }
    return JSONResponse(body, status_code=503, headers={"Retry-After": "2"})
