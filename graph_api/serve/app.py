"""The Starlette application: which address answers what."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.errors import GraphError
from graph_api.serve import pages
from graph_api.serve.graphql_view import GraphQLEndpoint
from graph_api.serve.policy import CONTENT_SECURITY_POLICY
from graph_api.serve.service import Readiness, Service

_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def application(service: Service) -> Starlette:
    """The application of a service; it answers ``/health/ready`` with 200 once the service is ready."""
    routes = [
        Route("/", pages.landing),
        Route("/graphql", GraphQLEndpoint(service)),
        Route("/schema.graphql", pages.schema_text),
        Route("/questions.json", pages.questions_list),
        Route("/docs/", pages.documents),
        Route("/docs/{name}", pages.document),
        Route("/health/live", _live),
        Route("/health/ready", _ready),
        Mount("/web", StaticFiles(directory=pages.WEB)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(_WithHeaders)])
    app.state.service = service
    return app


async def _live(_request: Request) -> Response:
    return JSONResponse({"status": "live"})


async def _ready(request: Request) -> Response:
    service: Service = request.app.state.service
    if service.readiness is Readiness.READY and service.runtime is not None:
        try:
            await service.runtime.store.verify()
        except GraphError as problem:
            return JSONResponse({"status": "unavailable", "code": str(problem.code)}, status_code=503)
    return JSONResponse(
        {"status": service.readiness.value}, status_code=200 if service.readiness is Readiness.READY else 503
    )


class _WithHeaders:
    """Adds the security headers that a response does not set itself. Plain ASGI: it keeps no message."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [*message.get("headers", ())]
                named = {name.lower() for name, _value in own}
                message["headers"] = [*own, *(header for header in _HEADERS if header[0] not in named)]
            await send(message)

        await self._app(scope, receive, send_with_headers)
