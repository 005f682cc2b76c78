"""The names as one role sees them in one version of the graph, indexed and kept; and where everything lies.

Searches share them until the graph changes. Indexing is done in a thread: other requests are answered
meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from graph_api.changes.kept import KeptByVersion
from graph_api.cypher.statement import Statement
from graph_api.duplicates.lexicon import Lexicon
from graph_api.engine.protocol import Store
from graph_api.search.index import SearchIndex, search_index
from graph_api.search.places import Places
from graph_api.search.reading import names_of, places_in, read_names, read_places
from graph_api.search.records import EntityId
from graph_api.search.scheme import SearchScheme

KEPT, DAYS_KEPT = 4, 16
"""Indexes that are kept, one for each role of a graph that does not change; and days for which it is known
where everything lies."""
Made = TypeVar("Made")
Rows = list[list[object]]


@dataclass
class NameIndex:
    """An index, and the place of each entity in it."""

    index: SearchIndex

    @cached_property
    def names(self) -> dict[EntityId, str]:
        """The name to show of each entity."""
        return {record.identity: record.names[0] for record in self.index.records}


class SearchSnapshots:
    """The indexes of a store, by version and role; the oldest are forgotten."""

    def __init__(self, scheme: SearchScheme, lexicon: Lexicon, store: Store) -> None:
        self.scheme = scheme
        self._lexicon = lexicon
        self._store = store
        self._names: KeptByVersion[NameIndex] = KeptByVersion(KEPT)
        self._places: KeptByVersion[Places] = KeptByVersion(DAYS_KEPT)

    async def names(self, version: Hashable, role: str) -> NameIndex:
        """The names of a version as a role sees them. Raises the errors of ``DatabaseError``."""
        return await self._names.get(
            version, role, lambda: self._read(read_names(self.scheme, role), self._indexed)
        )

    async def places(self, version: Hashable, role: str, day: date | None) -> Places:
        """Where everything lies, on a day or ever. Raises the errors of ``DatabaseError``."""
        statement = read_places(self.scheme, role, day)
        return await self._places.get(
            version, (role, day), lambda: self._read(statement, lambda rows: places_in(self.scheme, rows))
        )

    def _indexed(self, rows: Sequence[Sequence[object]]) -> NameIndex:
        return NameIndex(search_index(names_of(self.scheme, rows), self._lexicon))

    async def _read(self, statement: Statement, made: Callable[[Rows], Made]) -> Made:
        return await asyncio.to_thread(made, await self._store.read(statement))
