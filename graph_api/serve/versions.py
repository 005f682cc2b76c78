"""The graph's version as this process knows it: asked for at intervals, and at once after own commits.

Several processes serve one address, so a commit in one has to be seen by the next read in another: they
share a counter in memory (``CommitCounter``), which is looked at before each use of the version. Other
hosts see a commit after ``interval`` seconds and the time of one question at most. When the database
does not answer, the version is unknown after twice the interval, and nothing is answered from a cache.

With the version come what else every answer needs: which kinds hold restricted nodes, and the redirects,
which are read again when the version says that they changed.
"""

from __future__ import annotations

import asyncio
import logging
import mmap
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from graph_api.changes.redirects import read_redirects, redirects_of
from graph_api.changes.version import GraphVersion, read_version, version_of
from graph_api.engine.protocol import Store
from graph_api.errors import GraphError
from graph_api.plan.redirects import NO_REDIRECTS, Redirects

_LOG = logging.getLogger(__name__)
COUNTER_BYTES = 8


class Commits(Protocol):
    """A number that every commit of this host's processes raises."""

    def read(self) -> int:
        """The number now."""
        ...

    def add(self) -> None:
        """Count a commit."""
        ...


class OwnCommits:
    """The commits of a process that serves alone."""

    def __init__(self) -> None:
        self._number = 0

    def read(self) -> int:
        """The number now."""
        return self._number

    def add(self) -> None:
        """Count a commit."""
        self._number += 1


class SharedCommits:
    """The commits of all processes that map one file.

    Two that count at the same moment may count one; both have changed the number that others knew.
    """

    def __init__(self, descriptor: int) -> None:
        self._memory = mmap.mmap(descriptor, COUNTER_BYTES)

    def read(self) -> int:
        """The number now."""
        return int.from_bytes(self._memory[:COUNTER_BYTES], "little")

    def add(self) -> None:
        """Count a commit."""
        self._memory[:COUNTER_BYTES] = (self.read() + 1).to_bytes(COUNTER_BYTES, "little")


@dataclass(slots=True)
class VersionWatch:
    """Follows the version of the graph in a store, and tells those who wait for the next one."""

    store: Store
    interval: float
    commits: Commits = field(default_factory=OwnCommits)
    on_access: Callable[[int], None] | None = None
    on_version: Callable[[int], None] | None = None
    _known: GraphVersion | None = None
    _redirects: Redirects = NO_REDIRECTS
    _asked: float = 0.0
    _commits_seen: int = -1
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _closed: bool = False

    def current(self) -> GraphVersion | None:
        """The version, when it is certain enough to answer from a cache."""
        fresh = time.monotonic() - self._asked <= 2 * self.interval
        return self._known if fresh and self._commits_seen == self.commits.read() else None

    @property
    def known(self) -> GraphVersion | None:
        """The version that was read last; nothing where none was ever written or asked for."""
        return self._known

    @property
    def redirects(self) -> Redirects:
        """The redirects of the version that was read last."""
        return self._redirects

    async def ask(self) -> GraphVersion | None:
        """Ask the database; raises the errors of ``DatabaseError``."""
        async with self._asking:
            # Both are read before the database is, so that what happens meanwhile is asked for again.
            commits, now = self.commits.read(), time.monotonic()
            found = version_of(await self.store.read(read_version()))
            redirects = await self._redirects_at(found)
            earlier, self._known, self._redirects = self._known, found, redirects
            self._commits_seen, self._asked = commits, now
        if found != earlier:
            if self.on_access and found and (earlier is None or found.access != earlier.access):
                self.on_access(found.access)
            if self.on_version and found:
                self.on_version(found.number)
            async with self._changed:
                self._changed.notify_all()
        return found

    async def _redirects_at(self, found: GraphVersion | None) -> Redirects:
        """The redirects of a version, or later ones: those are read again with the next version."""
        if found is None or not found.redirects:
            return NO_REDIRECTS
        known = self._known
        if known is not None and (known.graph, known.redirects) == (found.graph, found.redirects):
            return self._redirects
        return redirects_of(await self.store.read(read_redirects()))

    async def settle(self) -> None:
        """Make sure that ``known`` is what was last committed on this host.

        When the database does not answer, what was known stays. Raises the errors of ``DatabaseError`` when
        nothing ever was: nobody could say then what is restricted.
        """
        if self.current() is None:
            try:
                await self.ask()
            except GraphError:
                if not self._asked:
                    raise

    async def certain(self) -> GraphVersion | None:
        """The version; asked for when it is not certain. Nothing when the database does not answer."""
        known = self.current()
        if known is not None:
            return known
        try:
            return await self.ask()
        except GraphError:
            return None

    async def committed(self) -> None:
        """Say that this process has committed a write."""
        self.commits.add()
        await self.ask()

    async def run(self) -> None:
        """Ask at intervals until cancelled."""
        failing = False
        while True:
            try:
                await self.ask()
                failing = False
            except GraphError as error:
                if not failing:
                    _LOG.warning("The version of the graph cannot be read: %s", error.one_line())
                failing = True
            await asyncio.sleep(self.interval)

    async def close(self) -> None:
        """End every ``follow``."""
        self._closed = True
        async with self._changed:
            self._changed.notify_all()

    def _is_news(self, seen: GraphVersion | None) -> bool:
        return self._closed or self._known != seen

    async def follow(self) -> AsyncIterator[GraphVersion]:
        """The version now, then each later one until ``close``.

        A slow reader gets the newest when it comes back, not all that it missed.
        """
        seen: GraphVersion | None = None
        while not self._closed:
            if self._known is not None and self._known != seen:
                seen = self._known
                yield seen
                continue
            async with self._changed:
                await self._changed.wait_for(partial(self._is_news, seen))
