"""The graph that a command works on, also while a server runs on it."""

from __future__ import annotations

from graph_api.cli.terminal import Terminal
from graph_api.engine.embedded import join_embedded
from graph_api.engine.protocol import Store
from graph_api.errors import DataDirectoryInUseError
from graph_api.ontology import Ontology
from graph_api.serve.load import open_store
from graph_api.serve.runtime import imported
from graph_api.settings import Settings


async def open_or_join(settings: Settings) -> Store:
    """The database of the settings; where a server runs the embedded engine, a second way to that one."""
    try:
        return await open_store(settings, imported(settings.ontology, Ontology), Terminal().say)
    except DataDirectoryInUseError:
        return await join_embedded(settings.data)
