"""A piece of work in one write transaction, begun again when another write came first."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from graph_api.engine.protocol import Store, Transaction
from graph_api.errors import DatabaseConflictError

Result = TypeVar("Result")
_ATTEMPTS: Final = 6
_FIRST_PAUSE_SECONDS: Final = 0.01


async def transact(store: Store, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    """What the work gives, committed; an exception of it rolls everything back.

    The work may run several times, so it keeps nothing from one time to the next. Raises
    ``DatabaseConflictError`` when other writes kept winning, and the other errors of ``DatabaseError``.
    """
    for attempt in range(_ATTEMPTS):
        try:
            async with store.transaction() as transaction:
                return await work(transaction)
        except DatabaseConflictError as error:
            lost = error.place.get("database_code") in store.dialect.lost_write_codes
            if attempt + 1 == _ATTEMPTS or not lost:
                raise
            # The random part keeps two losers from meeting again.
            await asyncio.sleep(_FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5))
    raise AssertionError("the last attempt returns or raises")
