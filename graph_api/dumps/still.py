"""A time in which the graph does not change, however many write to it.

Where a write locks what it wrote, the node with the version is locked: every writer raises it before its
commit, so it waits there until the reading transaction ends. On the other engine writers are held up before
they begin (``engine.hold``). In both cases the version is compared before and after.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias, cast

from graph_api.changes.version import lock_version, read_identity
from graph_api.cypher.statement import Statement
from graph_api.engine.hold import writers_held
from graph_api.engine.protocol import Row, Store

Run: TypeAlias = Callable[[Statement], Awaitable[list[Row]]]


@dataclass(frozen=True, slots=True)
class State:
    """Which state of which graph is read; nothing where nothing was ever written."""

    graph: str | None
    version: int | None


@asynccontextmanager
async def standing_still(store: Store) -> AsyncIterator[Run]:
    """How to read while the block runs; writers wait for its end. Raises the errors of ``DatabaseError``."""
    if store.dialect.locks_nodes:
        async with store.transaction() as transaction:
            await transaction.run(lock_version())
            yield transaction.run
    else:
        async with writers_held(store):
            yield store.read


async def state(run: Run) -> State:
    """The state that is read now."""
    rows = await run(read_identity())
    if not rows:
        return State(None, None)
    graph, version = rows[0]
    return State(str(graph), cast(int, version))
