"""Several workers behind one address: they share it, are replaced when they die, and end with the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from graph_api.changes.version import raise_version
from graph_api.engine.embedded import join_embedded
from tests.programs import Server, descendants, is_running, serving

PROTOCOL = Subprotocol("graphql-transport-ws")
KENYA = '{ country(key: "KEN") { name } }'


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workers") / "data"


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def workers(server: Server) -> list[int]:
    """The processes that answer: Python's children of the server, but not its helper for shared memory."""
    found = []
    for pid, name in descendants(server.process.pid).items():
        # One that ends meanwhile has no file any more.
        with contextlib.suppress(OSError):
            if name.startswith("python") and b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


def answers(server: Server) -> str:
    body = {"query": KENYA}
    answer = httpx.post(server.url("graphql"), json=body, headers={"connection": "close"}, timeout=30)
    return str(answer.json()["data"]["country"]["name"])


def test_workers_share_an_address_and_are_replaced(directory: Path) -> None:
    with serving("--data", directory, settings={"NET4U_WORKERS": "2"}) as server:
        server.wait_until_ready()
        before = workers(server)
        assert len(before) == 2
        assert {answers(server) for _ in range(20)} == {"Kenya"}

        # the figures are those of both
        figures = httpx.get(server.url("metrics")).text
        total = sum(
            float(line.split()[-1])
            for line in figures.splitlines()
            if line.startswith("graph_requests_total")
        )
        assert total >= 20

        # one that is killed is replaced, and the other answers meanwhile
        os.kill(before[0], signal.SIGKILL)
        assert eventually(lambda: len(set(workers(server)) - set(before)) == 1)
        assert eventually(lambda: answers(server) == "Kenya")
        assert "A worker ended unexpectedly" in server.said

        children = descendants(server.process.pid)
        assert server.stop(signal.SIGTERM) == 0
        assert "Traceback" not in server.said
        assert eventually(lambda: not any(is_running(pid) for pid in children))


def test_a_killed_server_leaves_no_worker_and_no_engine(directory: Path) -> None:
    with serving("--data", directory, settings={"NET4U_WORKERS": "2"}) as server:
        server.wait_until_ready()
        children = descendants(server.process.pid)
        assert len(workers(server)) == 2
        server.process.kill()

        assert eventually(lambda: not any(is_running(pid) for pid in children))


async def test_subscribers_of_every_worker_see_a_write_of_another_process(directory: Path) -> None:
    with serving("--data", directory, settings={"NET4U_WORKERS": "2"}) as server:
        await asyncio.to_thread(server.wait_until_ready)
        address = server.url("graphql").replace("http:", "ws:")
        async with AsyncExitStack() as stack:
            # given enough subscribers that each worker has some
            sockets = [
                await stack.enter_async_context(connect(address, subprotocols=[PROTOCOL])) for _ in range(8)
            ]
            numbers = [await first_number(socket) for socket in sockets]
            store = await join_embedded(directory)
            await store.write([raise_version()])
            await store.close()

            assert [await number(socket) for socket in sockets] == [each + 1 for each in numbers]


async def first_number(socket: ClientConnection) -> int:
    await socket.send(json.dumps({"type": "connection_init"}))
    await socket.recv()
    query = "subscription { graphVersion { number } }"
    await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": query}}))
    return await number(socket)


async def number(socket: ClientConnection) -> int:
    async with asyncio.timeout(30):
        message = json.loads(await socket.recv())
    return int(message["payload"]["data"]["graphVersion"]["number"])
