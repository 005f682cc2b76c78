"""A piece of work in one write transaction, begun again when another write came first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from graph_api.engine.protocol import Store, Transaction
from graph_api.engine.retry import until_won

Result = TypeVar("Result")


async def transact(store: Store, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    """What the work gives, committed; an exception of it rolls everything back.

    The work may run several times, so it keeps nothing from one time to the next. Raises
    ``DatabaseConflictError`` when other writes kept winning, and the other errors of ``DatabaseError``.
    """

    async def attempt() -> Result:
        async with store.transaction() as transaction:
            return await work(transaction)

    return await until_won(store.dialect, attempt)
