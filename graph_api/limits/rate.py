"""How often one client may ask: a sliding window, in this process's memory or in a Redis shared by several.

When the shared storage does not answer, each process counts for itself and says so in the log: to refuse
everybody, or nobody, would be worse.
"""

from __future__ import annotations

import logging
import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from redis.asyncio import ConnectionPool

from graph_api.errors import InvalidSettingError, RateLimitedError
from graph_api.limits.window import SlidingWindow
from graph_api.settings import Settings

_LOG = logging.getLogger(__name__)


class RateLimit:
    """So many requests of one client in a time."""

    def __init__(
        self, item: RateLimitItem, shared: Storage | None = None, pool: ConnectionPool | None = None
    ) -> None:
        self._item = item
        self._pool = pool
        self._own = SlidingWindow(item.amount, item.get_expiry())
        self._shared = SlidingWindowCounterRateLimiter(shared) if shared is not None else None
        self._failing = False

    @classmethod
    def of(cls, settings: Settings) -> RateLimit | None:
        """The limit that the settings name, nothing where they name none.

        Raises ``InvalidSettingError`` for a rate or a storage that cannot be read.
        """
        if not settings.rate:
            return None
        try:
            item = parse(settings.rate)
        except ValueError as problem:
            raise InvalidSettingError(
                f"The rate '{settings.rate}' cannot be read.",
                remedy="Write it as a number and a time: 600/minute.",
                setting="rate",
            ) from problem
        return cls(item, *_storage(settings.rate_storage)) if settings.rate_storage else cls(item)

    async def close(self) -> None:
        """Give back the connections to the shared storage."""
        if self._pool is not None:
            await self._pool.aclose()

    async def check(self, client: str) -> None:
        """Count a request of a client; raises ``RateLimitedError`` when it is one too many."""
        if self._shared is None:
            self._check_alone(client)
            return
        try:
            allowed = await self._shared.hit(self._item, client)
        except StorageError as problem:
            self._say(problem)
            self._check_alone(client)
            return
        self._failing = False
        if not allowed:
            raise self._refused(await _shared_wait(self._shared, self._item, client))

    def _check_alone(self, client: str) -> None:
        if not self._own.hit(client):
            raise self._refused(self._own.wait(client))

    def _refused(self, wait: float) -> RateLimitedError:
        return RateLimitedError(
            f"More than {self._item.amount:,} requests in {_time(self._item)}.",
            remedy="Wait before the next one, or ask for more in one request.",
            limit_name="rate",
            limit=self._item.amount,
            retry_after=max(1, math.ceil(wait)),
        )

    def _say(self, problem: Exception) -> None:
        if not self._failing:
            _LOG.warning(
                "The shared storage of rates does not answer; each process counts alone: %s", problem
            )
        self._failing = True


async def _shared_wait(limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, client: str) -> float:
    """The seconds until a client may ask again; those of the whole window where nobody knows."""
    try:
        return (await limiter.get_window_stats(item, client)).reset_time - time.time()
    except StorageError:
        return item.get_expiry()


def _storage(address: str) -> tuple[Storage, ConnectionPool]:
    try:
        pool = ConnectionPool.from_url(address)
        found = storage_from_string(
            f"async+{address}",
            wrap_exceptions=True,
            implementation="redispy",
            connection_pool=pool,  # type: ignore[arg-type]  # options that no storage shares are untyped
        )
    except Exception as problem:
        raise InvalidSettingError(
            f"The storage of rates cannot be used: {problem}.",
            remedy="Write it as redis://host:6379.",
            setting="rate_storage",
        ) from problem
    if not isinstance(found, Storage):
        raise InvalidSettingError("The storage of rates cannot be used.", setting="rate_storage")
    return found, pool


def _time(item: RateLimitItem) -> str:
    seconds = item.get_expiry()
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            number = seconds // size
            return f"a {word}" if number == 1 else f"{number} {word}s"
    return f"{seconds} seconds"
