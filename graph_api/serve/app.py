"""The Starlette application: which address answers what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from graph_api.errors import GraphError
from graph_api.serve import pages
from graph_api.serve.graphql_view import GraphQLEndpoint
from graph_api.serve.service import Readiness, Service

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


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
    app = Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=_with_headers)])
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


async def _with_headers(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await proceed(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
