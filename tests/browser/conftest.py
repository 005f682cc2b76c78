"""A real browser and, for the query page alone, a small server with a toy schema.

The pages are served under the strictest content policy they must live with; a page that breaks it
says so on its console, and ``OpenPage.complaints`` collects what the console and the network said.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
import strawberry
import uvicorn
from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from strawberry.asgi import GraphQL

from tests.browser.open_page import OpenPage, open_page

WEB = Path(__file__).parents[2] / "graph_api" / "serve" / "web"
STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
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


def hello(name: str) -> str:
    return f"Hello, {name}!"


def add(left: int, right: int) -> int:
    return left + right


@strawberry.type
class Query:
    hello: str = strawberry.field(resolver=hello, description="A greeting.")
    sum: int = strawberry.field(resolver=add, description="A sum.")


async def query_page(request: Request) -> Response:
    return FileResponse(WEB / "query" / "index.html", headers={"Content-Security-Policy": STRICT_POLICY})


async def questions(request: Request) -> Response:
    return JSONResponse(QUESTIONS)


def toy_application() -> Starlette:
    api = GraphQL[None, None](strawberry.Schema(query=Query), graphql_ide=None)
    return Starlette(
        routes=[
            Route("/graphql", query_page, methods=["GET"]),
            Route("/graphql", api),
            Route("/questions.json", questions),
            Mount("/web", StaticFiles(directory=WEB)),
        ]
    )


@pytest.fixture(scope="session")
def toy_site() -> Iterator[str]:
    """The address of a server with the toy schema; it stops with the session."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(toy_application(), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started:
            assert thread.is_alive(), "the toy server ended while starting"
            assert time.monotonic() < deadline, "the toy server did not start in 10 s"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; missing, it fails the test (scripts/ensure_tools brings it)."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "chromium is not on the PATH: run scripts/ensure_tools chromium"
    # Chromium refuses to run its sandbox as root, which is who CI is.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=[*sandbox, *quiet])
        yield running
        await running.close()


@pytest_asyncio.fixture
async def opened(browser: Browser) -> AsyncIterator[OpenPage]:
    """An empty page of a desktop computer."""
    async with open_page(browser) as page:
        yield page
