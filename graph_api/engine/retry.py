"""Trying a write again that lost against another one."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from graph_api.cypher.dialect import Dialect
from graph_api.errors import DatabaseConflictError

Result = TypeVar("Result")
_ATTEMPTS: Final = 6
_FIRST_PAUSE_SECONDS: Final = 0.01


async def until_won(dialect: Dialect, attempt: Callable[[], Awaitable[Result]]) -> Result:
    """What an attempt gives, tried again as long as other writes win and the engine says so.

    Raises ``DatabaseConflictError`` when others kept winning or a key already exists, and whatever else the
    attempt raises.
    """
    for number in range(_ATTEMPTS - 1):
        try:
            return await attempt()
        except DatabaseConflictError as error:
            if error.place.get("database_code") not in dialect.lost_write_codes:
                raise
            # The random part keeps two losers from meeting again.
            await asyncio.sleep(_FIRST_PAUSE_SECONDS * 2**number * random.uniform(0.5, 1.5))
    return await attempt()
