"""The bare server: Starlette's own JSON response, on the server and the event loop that ours runs on.

python -m benchmarks.bare FILE PORT, with the answer as JSON in the file. It reads nothing of a request but
its path: no server in Python that makes JSON of an object on Starlette can do much less.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph_api.serve.http.app import GRAPHQL
from graph_api.serve.processes.listening import HttpServer, listening
from graph_api.settings import settings_from


def application(answer: object) -> Starlette:
    """The application that gives this answer."""

    async def give(_request: Request) -> Response:
        return JSONResponse(answer)

    return Starlette(routes=[Route(GRAPHQL, give, methods=["GET", "POST"])])


async def serve(file: Path, port: int) -> None:
    """Serve until the process is asked to stop."""
    settings = settings_from({"port": port})
    server = HttpServer.of(settings, application(json.loads(file.read_text(encoding="utf-8"))))
    with listening(settings) as listener:
        await server.serve(sockets=[listener])


def main() -> None:
    """Serve on the event loop that our server takes."""
    file, port = sys.argv[1:]
    loop = uvicorn.Config(app="").get_loop_factory()
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serve(Path(file), int(port)))


if __name__ == "__main__":
    main()
