"""A stop finishes what is being answered, and takes nothing new."""

from __future__ import annotations

import asyncio

import pytest

from graph_api.engine.bolt import BoltStore
from tests.serve.served import FILMS, served
from tests.serve.test_limits import SlowStore
from tests.toy.fixtures import Graph


async def test_a_stop_waits_for_what_is_being_answered(
    store: BoltStore, toy: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowStore(store)
    async with served(store, cache_megabytes=0) as server:
        # given a request whose statement is running
        server.api.runtime.store = slow  # type: ignore[assignment]  # it only reads
        asked = asyncio.create_task(server.post(FILMS))
        await slow.asked.wait()
        # when the server is told to stop, and the statement ends after that
        stopping = asyncio.create_task(server.stop())
        await server.stopped_listening()
        slow.go.set()
        await stopping

        # then the answer is there
        answer = await asked
        assert answer.status_code == 200
        assert answer.json()["data"]["films"]["nodes"]
