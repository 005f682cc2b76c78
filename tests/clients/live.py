"""Clients of subscriptions as programs of their own, whose events a test awaits."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tests.node_packages import NodePackages, tool
from tests.programs import Server

SUBSCRIPTION = "subscription { graphVersion { number changed } }"
CLIENTS = ("ws", "sse")
_SECONDS = 30.0


def address(client: str, service: Server) -> str:
    """Where a client finds the server."""
    url = service.url("graphql")
    return url.replace("http", "ws", 1) if client == "ws" else url


def events(clients: NodePackages, client: str, service: Server, *words: str) -> list[dict[str, object]]:
    """All that a client says happened, from its start to its end."""
    printed = clients.node(f"live_{client}.mjs", address(client, service), *words)
    return [json.loads(line) for line in printed.splitlines()]


@dataclass(frozen=True, slots=True)
class Listener:
    """A running client."""

    process: asyncio.subprocess.Process

    async def event(self) -> dict[str, object]:
        """The next thing that happens; it must happen."""
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), _SECONDS)
        assert line, "the client ended"
        found: dict[str, object] = json.loads(line)
        return found

    async def number(self) -> int:
        """The number of the graph's version in the next result."""
        event = await self.event()
        assert "result" in event, event
        return int(event["result"]["data"]["graphVersion"]["number"])  # type: ignore[index]


@contextlib.asynccontextmanager
async def listening(
    clients: NodePackages, client: str, service: Server, count: int
) -> AsyncIterator[Listener]:
    """A client that subscribes until it has so many results."""
    words = (f"live_{client}.mjs", address(client, service), SUBSCRIPTION, str(count))
    process = await asyncio.create_subprocess_exec(
        tool("node"), *words, cwd=clients.folder, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Listener(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
