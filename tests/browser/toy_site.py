"""A small site for the query page alone: a toy schema, two stored questions, and the page's files.

Each answer carries the policy that the real server gives it, the files of the workers too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import strawberry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from strawberry.asgi import GraphQL

from graph_api.serve.http.messages import PLAIN_POLICY, QUERY_PAGE_POLICY
from graph_api.serve.http.pages import QUERY_PAGE, WEB

QUESTIONS = [
    {
        "name": "greeting",
        "title": "Greet somebody",
        "description": "Says hello to the name that is given.",
        "document": "query Greeting($name: String!) {\n  hello(name: $name)\n}",
        "variables": {"name": "Ada"},
    },
    {
        "name": "sum",
        "title": "Add two numbers",
        "description": "Their sum.",
        "document": "query Sum {\n  sum(left: 2, right: 40)\n}",
        "variables": {},
    },
]
NO_KEY = "nobody"


def hello(name: str) -> str:
    return f"Hello, {name}!"


def add(left: int, right: int) -> int:
    return left + right


def caller(info: strawberry.Info) -> str:
    return str(info.context["request"].headers.get("authorization", NO_KEY))


async def calls(info: strawberry.Info, times: int) -> AsyncIterator[str]:
    given: Mapping[str, object] = info.context.get("connection_params") or {}
    for number in range(1, times + 1):
        yield f"{number}: {given.get('Authorization', NO_KEY)}"


@strawberry.type
class Query:
    hello: str = strawberry.field(resolver=hello, description="A greeting.")
    sum: int = strawberry.field(resolver=add, description="A sum.")
    caller: str = strawberry.field(resolver=caller, description="The header that says who asks.")


@strawberry.type
class Subscription:
    calls: AsyncIterator[str] = strawberry.subscription(
        resolver=calls, description="Who asks, several times."
    )


class Strict:
    """Gives an answer without a policy of its own the strict one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                headers.setdefault(b"content-security-policy", PLAIN_POLICY.encode())
                message["headers"] = [*headers.items()]
            await send(message)

        await self._app(scope, receive, strictly)


async def query_page(request: Request) -> Response:
    return FileResponse(QUERY_PAGE, headers={"Content-Security-Policy": QUERY_PAGE_POLICY})


async def questions(request: Request) -> Response:
    return JSONResponse(QUESTIONS)


def toy_application() -> Starlette:
    schema = strawberry.Schema(query=Query, subscription=Subscription)
    api = GraphQL[None, None](schema, graphql_ide=None)
    return Starlette(
        routes=[
            Route("/graphql", query_page, methods=["GET"]),
            Route("/graphql", api),
            WebSocketRoute("/graphql", api),
            Route("/questions.json", questions),
            Mount("/web", StaticFiles(directory=WEB)),
        ],
        middleware=[Middleware(Strict)],
    )
