"""Holding up the writers of an engine whose transactions do not lock what they write.

Whoever needs the graph to stand still leaves a node that says until when. Every writer looks for such
nodes before it begins and waits until there is none, in whichever process it runs. A writer that had
begun before does not see it: who holds compares the version before and after, and reads again.

A hold is short and has to be renewed, so that one whose holder was killed soon ends by itself.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Final, cast

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store

LABEL: Final = "WriteHold"
"""The label of the nodes that hold writers up; they are no kind of the ontology, and in no dump."""
_SECONDS: Final = 30.0
_RENEWED_EVERY: Final = 5.0
_MILLISECONDS: Final = 1000

_passing: ContextVar[bool] = ContextVar("passing a hold", default=False)


def held_until() -> Statement:
    """The end of the last hold that is not over, in milliseconds since 1970; null when there is none."""
    return Statement(f"MATCH (h:{LABEL}) WHERE h.until > $now RETURN max(h.until)", {"now": _now()})


def passes() -> bool:
    """Whether the running task is the holder's own."""
    return _passing.get()


@asynccontextmanager
async def writers_held(store: Store) -> AsyncIterator[None]:
    """No writer begins while the block runs; raises the errors of ``DatabaseError``."""
    holder = uuid.uuid4().hex
    await _write(store, hold(holder))
    renewing = asyncio.create_task(_renew(store, holder), name="write hold")
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        await _write(store, release(holder))


async def _renew(store: Store, holder: str) -> None:
    while True:
        await asyncio.sleep(_RENEWED_EVERY)
        await _write(store, hold(holder))


def hold(holder: str) -> Statement:
    """Hold writers up from now on, for a short time."""
    until = _now() + round(_SECONDS * _MILLISECONDS)
    return Statement(f"MERGE (h:{LABEL} {{key: $key}}) SET h.until = $until", {"key": holder, "until": until})


def release(holder: str) -> Statement:
    """Let them go on."""
    return Statement(f"MATCH (h:{LABEL} {{key: $key}}) DELETE h", {"key": holder})


async def _write(store: Store, statement: Statement) -> None:
    with _exempt():
        await store.write([statement])


@contextmanager
def _exempt() -> Iterator[None]:
    token = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(token)


def is_held(rows: list[list[object]]) -> bool:
    """What ``held_until`` found."""
    return bool(rows) and cast("int | None", rows[0][0]) is not None


def _now() -> int:
    return round(time.time() * _MILLISECONDS)
