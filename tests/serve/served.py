"""The toy graph behind the real application on a real socket, with the settings that a test wants."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph_api.engine.bolt import BoltStore
from graph_api.serve.http.app import application
from graph_api.serve.operations.api import Api
from graph_api.serve.processes.build import api_of, make_ready, parts_of
from graph_api.serve.processes.listening import HttpServer, end
from graph_api.settings import Settings, settings_from

QUESTIONS = Path(__file__).parent / "toy_questions"
FILMS = "{ films(first: 2) { nodes { key } } }"
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs in this loop, and a client of it."""

    api: Api
    client: httpx.AsyncClient
    port: int
    stop: Callable[[], Coroutine[None, None, None]]

    async def stopped_listening(self) -> None:
        """Return when nobody can connect any more."""
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                return
            writer.close()
            await asyncio.sleep(0.01)

    async def post(
        self, query: str, variables: Mapping[str, object] | None = None, **headers: str
    ) -> httpx.Response:
        """Ask by POST; ``content_type="..."`` sets a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {"query": query, **({"variables": variables} if variables else {})}
        return await self.client.post("/graphql", json=body, headers=named)


def toy_settings(**given: object) -> Settings:
    """The settings of a server of the toy graph."""
    toy = {
        "ontology": "tests.toy.ontology:TOY",
        "questions": "tests.serve.served:QUESTIONS",
        "identity": "tests.toy.identity:identity",
        "commands": "",
        "coverage": "tests.toy.coverage:coverage",
        "findings": "",
        "measured": "tests.toy.measured:measured",
        "own_fields": "",
    }
    if "ontology" in given:
        # What is compared, counted and measured is a part of the toy domain.
        toy["identity"] = toy["coverage"] = toy["measured"] = ""
    return settings_from({**toy, **given})


@asynccontextmanager
async def served(store: BoltStore, **given: object) -> AsyncIterator[Served]:
    """Serve the store until the block ends, as ``net4u serve`` does."""
    settings = toy_settings(**given)
    parts = parts_of(settings)
    api = api_of(parts, store)
    server = HttpServer.of(settings, application(parts.service))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # asyncio turns the delay off only where a socket names its protocol, as this one does not.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = int(listener.getsockname()[1])
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        watching = asyncio.create_task(api.runtime.versions.run())
        await make_ready(parts, api, store)
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                yield Served(api, client, port, lambda: end(parts.service, server, serving))
        finally:
            await end(parts.service, server, serving)
            watching.cancel()


def codes(answer: httpx.Response) -> list[str]:
    """The codes of an answer's errors."""
    return [str(each["extensions"]["code"]) for each in answer.json().get("errors", [])]
