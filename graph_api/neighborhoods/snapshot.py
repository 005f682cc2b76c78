"""The graph of one version as one role sees it: read once, shared by all questions, kept for a while."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from graph_api.changes.kept import KeptByVersion
from graph_api.engine.protocol import Store
from graph_api.neighborhoods.graph import Graph, View
from graph_api.neighborhoods.reading import graph_in, read_graph
from graph_api.ontology.model import Ontology

KEPT = 3
"""Graphs that are kept: a version for each of three roles. One of 400,000 links takes about 200 MB."""
KEPT_VIEWS = 4
"""Views of one graph that are kept, each by the relations and the day that it is about."""


@dataclass(slots=True)
class Snapshot:
    """A graph with the views of it that were asked for last."""

    graph: Graph
    _views: OrderedDict[Hashable, View] = field(default_factory=OrderedDict)

    def view(self, relations: frozenset[str] | None, day: str | None) -> View:
        """The graph as a question about these relations and this day sees it."""
        found = self._views.pop((relations, day), None) or View(self.graph, relations, day)
        self._views[relations, day] = found
        while len(self._views) > KEPT_VIEWS:
            self._views.popitem(last=False)
        return found


class Graphs:
    """The graphs of a store, by version and role; the oldest are forgotten."""

    def __init__(self, ontology: Ontology, store: Store) -> None:
        self._ontology = ontology
        self._store = store
        self._kept: KeptByVersion[Snapshot] = KeptByVersion(KEPT)

    async def at(self, version: Hashable, role: str) -> Snapshot:
        """The graph of a version as a role sees it; read anew where no version is known.

        Raises the errors of ``DatabaseError``.
        """
        return await self._kept.get(version, role, lambda: self._read(role))

    async def _read(self, role: str) -> Snapshot:
        rows = await self._store.read(read_graph(self._ontology, role))
        return Snapshot(await asyncio.to_thread(graph_in, self._ontology, role, rows))
