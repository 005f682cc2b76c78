"""The memory that idle subscriptions take in the server, over WebSockets and as server-sent events.

Each has a connection of its own, has received the present version of the graph, and waits for the next.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeAlias

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks import processes, servers
from benchmarks.operations import Request
from benchmarks.report import Table
from benchmarks.servers import Server, post

COUNT = int(os.environ.get("BENCHMARK_SUBSCRIPTIONS", "1000"))
WARM_UP = 20
"""Subscriptions that come and go before memory is looked at: what is made once is no part of it."""
SETTLE_SECONDS = 3.0
IDLE_SECONDS = 10.0
AT_ONCE = 50
"""Connections that are opened at the same time."""
COLUMNS = (
    *("way", "subscriptions", "server without them, MiB", "with them, MiB", "KiB each"),
    *("with as many again after them, MiB", "CPU while idle, ms a second"),
)
_SUBSCRIPTION = "subscription { graphVersion { number } }"
_MIB = 2**20
_PROTOCOL = Subprotocol("graphql-transport-ws")
Opened: TypeAlias = Callable[[int, AsyncExitStack], Awaitable[None]]


async def measure() -> Table:
    """Both ways, each on a server that was just started."""
    cores = sorted(os.sched_getaffinity(0))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        servers.load_seeds(data)
        for name, opened in WAYS.items():
            with servers.embedded(data, cores[0]) as server:
                rows.append((name, *await _figures(server, opened)))
    note = (
        "`make bench ARGS=subscriptions`: resident memory of the server's process, each subscription on a "
        f"connection of its own; looked at {SETTLE_SECONDS:g} s after the last one had its first event."
    )
    return Table(COLUMNS, tuple(rows), note)


async def _figures(server: Server, opened: Opened) -> tuple[str, ...]:
    pid = server.process.pid
    async with AsyncExitStack() as stack:
        await _open(server, opened, WARM_UP, stack)
    await asyncio.sleep(SETTLE_SECONDS)
    before = processes.resident(pid)
    during, idle = await _wave(server, opened)
    again, _ = await _wave(server, opened)
    each = (during - before) / COUNT / 1024
    sizes = [f"{size / _MIB:.1f}" for size in (before, during, again)]
    return f"{COUNT:,}", *sizes[:2], f"{each:.1f}", sizes[2], f"{idle:.0f}"


async def _wave(server: Server, opened: Opened) -> tuple[int, float]:
    """Memory of the server with all of them, and the CPU milliseconds a second that it takes meanwhile."""
    pid = server.process.pid
    async with AsyncExitStack() as stack:
        await _open(server, opened, COUNT, stack)
        await asyncio.sleep(SETTLE_SECONDS)
        memory, busy = processes.resident(pid), processes.cpu_seconds(pid)
        await asyncio.sleep(IDLE_SECONDS)
        return memory, 1000 * (processes.cpu_seconds(pid) - busy) / IDLE_SECONDS


async def _open(server: Server, opened: Opened, count: int, stack: AsyncExitStack) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with places:
            await opened(server.port, stack)

    await asyncio.gather(*(one() for _ in range(count)))


async def _over_websocket(port: int, stack: AsyncExitStack) -> None:
    """Subscribe as graphql-transport-ws has it, and wait for the first event."""
    address = f"ws://127.0.0.1:{port}/graphql"
    socket = await stack.enter_async_context(
        connect(address, subprotocols=[_PROTOCOL], compression=None, ping_interval=None)
    )
    await _said(socket, {"type": "connection_init"}, "connection_ack")
    asked = {"id": "1", "type": "subscribe", "payload": {"query": _SUBSCRIPTION}}
    await _said(socket, asked, "next")


async def _said(socket: ClientConnection, message: Mapping[str, object], answer: str) -> None:
    await socket.send(json.dumps(message))
    found = json.loads(await socket.recv())
    if found["type"] != answer:
        raise ValueError(f"The server said {found} to {message}.")


async def _as_events(port: int, stack: AsyncExitStack) -> None:
    """Subscribe as graphql-sse has it, and wait for the first event."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    stack.callback(writer.close)
    writer.write(post(Request(_SUBSCRIPTION), accept="text/event-stream"))
    found = await reader.readuntil(b"event: next")
    if not found.startswith(b"HTTP/1.1 200 "):
        raise ValueError(f"The server said {found!r}.")


WAYS: Mapping[str, Opened] = {"WebSocket": _over_websocket, "server-sent events": _as_events}
