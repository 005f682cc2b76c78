"""The database that a command works on: opened, or joined where a server runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from graph_api.cli.terminal import Terminal
from graph_api.engine.embedded import join_embedded
from graph_api.engine.protocol import Store
from graph_api.errors import DataDirectoryInUseError
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.processes.load import open_store
from graph_api.settings import Settings

Result = TypeVar("Result")


def on_store(settings: Settings, work: Callable[[Store], Awaitable[Result]]) -> Result:
    """Do some work on the database of the settings, and close it; raises whatever both raise."""
    return asyncio.run(_work(settings, work))


async def _work(settings: Settings, work: Callable[[Store], Awaitable[Result]]) -> Result:
    store = await open_or_join(settings)
    try:
        return await work(store)
    finally:
        await store.close()


async def open_or_join(settings: Settings, *, transaction_seconds: float | None = None) -> Store:
    """The database of the settings; where a server runs the embedded engine, a second way to that one.

    Raises like ``open_store`` and ``join_embedded``.
    """
    ontology = imported(settings.ontology, Ontology)
    try:
        return await open_store(settings, ontology, Terminal().say, transaction_seconds=transaction_seconds)
    except DataDirectoryInUseError:
        return await join_embedded(settings.data)
