"""Who may write now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from graph_api.errors import DatabaseError


class WriterGate:
    """Lets one writer in at a time, or all of them; a task never enters twice.

    A second transaction of one task would wait for locks of the first for ever: on an engine with
    one writer always, on the others when they touch the same node.
    """

    def __init__(self, *, one_writer: bool) -> None:
        self._turn: AbstractAsyncContextManager[object] = asyncio.Lock() if one_writer else nullcontext()
        self._inside: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Wait for the turn; raises DatabaseError when this task is inside already."""
        task = asyncio.current_task()
        if task in self._inside:
            raise DatabaseError("A write transaction was opened inside another one of the same task.")
        async with self._turn:
            self._inside.add(task)
            try:
                yield
            finally:
                self._inside.discard(task)
