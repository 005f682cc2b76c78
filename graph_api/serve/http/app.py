"""The ASGI application: which address answers what."""

from __future__ import annotations

from collections.abc import Awaitable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.errors import GraphError, NotReadyError
from graph_api.serve.http import pages
from graph_api.serve.http.exports import export_list_or_graph, export_question
from graph_api.serve.http.gateway import Gateway
from graph_api.serve.http.graphql import PREFLIGHT_HEADER, GraphQLOverHttp
from graph_api.serve.http.imports import http as imports
from graph_api.serve.http.live import LiveConnections
from graph_api.serve.http.messages import (
    QUERY_PAGE_POLICY,
    SECURITY_HEADERS,
    headers_of,
    send_error,
    status_of,
)
from graph_api.serve.http.negotiation import Form, accepted
from graph_api.serve.http.reconcile import http as reconcile
from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.replies import refusal

GRAPHQL = "/graphql"
_RETRY_SECONDS = 2
_PREFLIGHT_SECONDS = 600


def application(service: Service) -> ASGIApp:
    """The application of a service; it answers ``/health/ready`` with 200 once the service is ready."""
    routes = [
        Route("/", pages.landing),
        Route("/schema.graphql", pages.schema_text),
        Route("/questions.json", pages.questions_list),
        Route("/docs/", pages.documents),
        Route("/docs/{name}", pages.document),
        Route("/health/live", _live),
        Route("/health/ready", _ready),
        Route("/metrics", _metrics),
        Route("/export/questions/{name}.{format}", export_question),
        Route("/export/{name}.{format}", export_list_or_graph),
        *imports.routes(),
        Mount("/web", StaticFiles(directory=pages.WEB)),
    ]
    rest = Starlette(routes=routes, middleware=[Middleware(_WithHeaders)])
    rest.state.service = service
    app: ASGIApp = Gateway(_Switch(_GraphQL(service), rest), service)
    if service.origins:
        app = CORSMiddleware(
            app,
            allow_origins=service.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match", PREFLIGHT_HEADER],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-Id"],
            max_age=_PREFLIGHT_SECONDS,
        )
    # Before the sites that may ask GraphQL are looked at: its specification lets every site ask it.
    return _Prefixed(reconcile.ROOT, Gateway(reconcile.Reconciliation(service), service), app)


class _Prefixed:
    """HTTP at an address and below it goes one way, everything else the other."""

    def __init__(self, root: str, inside: ASGIApp, outside: ASGIApp) -> None:
        self._root = root
        self._inside = inside
        self._outside = outside

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        path = scope.get("path", "")
        inside = scope["type"] == "http" and (path == self._root or path.startswith(f"{self._root}/"))
        return (self._inside if inside else self._outside)(scope, receive, send)


class _Switch:
    """GraphQL goes past Starlette's router: most requests are for it."""

    def __init__(self, graphql: ASGIApp, rest: ASGIApp) -> None:
        self._graphql = graphql
        self._rest = rest

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        app = self._graphql if scope.get("path") == GRAPHQL else self._rest
        return app(scope, receive, send)


class _GraphQL:
    """The query page, GraphQL over HTTP or a WebSocket; an answer that says so until the service is ready."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._http: GraphQLOverHttp | None = None
        self._live: LiveConnections | None = None

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return self._chosen(scope)(scope, receive, send)

    def _chosen(self, scope: Scope) -> ASGIApp:
        service = self._service
        if scope["type"] == "http" and service.query_page and _wants_page(scope):
            headers = {"Content-Security-Policy": QUERY_PAGE_POLICY}
            return _WithHeaders(FileResponse(pages.QUERY_PAGE, media_type="text/html", headers=headers))
        if service.api is None or service.readiness is not Readiness.READY:
            return _not_ready
        if scope["type"] == "websocket":
            return self._sockets(service.api)
        if self._http is None:
            self._http = GraphQLOverHttp(service.api)
        return self._http

    def _sockets(self, api: Api) -> LiveConnections:
        service = self._service
        if self._live is None:
            self._live = LiveConnections(api, service.subscriptions, list(service.origins))
        return self._live


def _wants_page(scope: Scope) -> bool:
    """Whether a browser asks for a page: the question itself stands in no link."""
    if (
        scope["method"] != "GET"
        or b"query=" in scope["query_string"]
        or b"documentId=" in scope["query_string"]
    ):
        return False
    return accepted(headers_of(scope).get(b"accept", b""))[:1] == (Form.PAGE,)


async def _not_ready(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1013, "reason": "The data is still being loaded"})
        return
    await send_error(
        send, NotReadyError("The data is still being loaded.", retry_after=_RETRY_SECONDS), Form.JSON
    )


async def _live(_request: Request) -> Response:
    return JSONResponse({"status": "live"})


async def _ready(request: Request) -> Response:
    service: Service = request.app.state.service
    if service.readiness is Readiness.READY and service.api is not None:
        health = await service.api.health.check()
        return JSONResponse(health.body(), health.http_status)
    return JSONResponse({"status": service.readiness.value}, HTTPStatus.SERVICE_UNAVAILABLE)


async def _metrics(request: Request) -> Response:
    """The figures, for administrators; for everybody in development."""
    service: Service = request.app.state.service
    api = service.api
    if not service.metrics or api is None:
        return JSONResponse({"status": "there are no figures"}, HTTPStatus.NOT_FOUND)
    try:
        viewer = await api.authenticator.viewer(request.headers.get("authorization"))
        api.disclosure.check_insight(viewer, "The figures are told")
    except GraphError as error:
        return JSONResponse(refusal(error).payload, status_of(error))
    body, media_type = api.metrics.render(request.headers.get("accept", ""))
    return Response(body, media_type=media_type)


class _WithHeaders:
    """Adds the security headers that an answer has not set itself. Plain ASGI: it keeps no message."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                names = {name for name, _ in own}
                message["headers"] = [*own, *(each for each in SECURITY_HEADERS if each[0] not in names)]
            await send(message)

        await self._app(scope, receive, send_with_headers)
