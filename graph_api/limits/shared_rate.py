"""A sliding window in a Redis that several processes share.

Apart from the limit itself, since what speaks to Redis takes a server without one 10 MiB and a moment.
"""

from __future__ import annotations

import time

from limits import RateLimitItem
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from redis.asyncio import ConnectionPool

from graph_api.errors import InvalidSettingError


class SharedRate:
    """Counts in a storage; ``StorageError`` is raised when it does not answer."""

    def __init__(self, item: RateLimitItem, address: str) -> None:
        """Raises ``InvalidSettingError`` for an address of nothing that can be used."""
        self._item = item
        try:
            self._pool = ConnectionPool.from_url(address)
            storage = storage_from_string(
                f"async+{address}",
                wrap_exceptions=True,
                implementation="redispy",
                connection_pool=self._pool,  # type: ignore[arg-type]  # options that no storage shares are untyped
            )
        except (ValueError, ConfigurationError) as problem:
            raise InvalidSettingError(
                f"The storage of rates cannot be used: {problem}.",
                remedy="Write it as redis://host:6379.",
                setting="rate_storage",
            ) from problem
        self._window = SlidingWindowCounterRateLimiter(storage)

    async def hit(self, client: str) -> bool:
        """Count a request of a client; whether it may still be answered. Raises ``StorageError``."""
        return await self._window.hit(self._item, client)

    async def wait(self, client: str) -> float:
        """The seconds until a client may ask again; those of the whole window where nobody knows."""
        try:
            return (await self._window.get_window_stats(self._item, client)).reset_time - time.time()
        except StorageError:
            return self._item.get_expiry()

    async def close(self) -> None:
        """Give back the connections."""
        await self._pool.aclose()
