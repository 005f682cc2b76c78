"""A write that another process commits reaches every subscriber, whatever protocol it speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph_api.changes.version import raise_version
from graph_api.engine.embedded import join_embedded
from graph_api.engine.protocol import Store
from tests.clients.live import CLIENTS, listening
from tests.node_packages import NodePackages
from tests.programs import Server


@pytest.fixture
async def same_graph(service: Server, seeded_directory: Path) -> AsyncIterator[Store]:
    """A second way to the graph of the server. Its tests change the version and nothing else."""
    store = await join_embedded(seeded_directory)
    yield store
    await store.close()


@pytest.mark.parametrize("client", CLIENTS)
async def test_each_write_is_a_result(
    client: str, clients: NodePackages, service: Server, same_graph: Store
) -> None:
    async with listening(clients, client, service, count=3) as listener:
        numbers = [await listener.number()]
        for _ in range(2):
            await same_graph.write([raise_version()])
            numbers.append(await listener.number())

        assert await listener.event() == {"ended": "by us"}
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


async def test_subscribers_of_both_protocols_see_the_same(
    clients: NodePackages, service: Server, same_graph: Store
) -> None:
    async with (
        listening(clients, "ws", service, count=2) as one,
        listening(clients, "sse", service, count=2) as other,
    ):
        assert await one.number() == await other.number()

        await same_graph.write([raise_version()])

        assert await one.number() == await other.number()
