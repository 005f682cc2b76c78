"""How often one client may ask: a sliding window, in this process's memory or in a Redis shared by several.

When the shared storage does not answer, each process counts for itself and says so in the log: to refuse
everybody, or nobody, would be worse.
"""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING

from graph_api.errors import InvalidSettingError, RateLimitedError
from graph_api.limits.window import SlidingWindow
from graph_api.settings import Settings

if TYPE_CHECKING:
    from limits import RateLimitItem

    from graph_api.limits.shared_rate import SharedRate

_LOG = logging.getLogger(__name__)


class RateLimit:
    """So many requests of one client in a time."""

    def __init__(self, item: RateLimitItem, shared: SharedRate | None = None) -> None:
        self._item = item
        self._own = SlidingWindow(item.amount, item.get_expiry())
        self._shared = shared
        self._failing = False

    @classmethod
    def of(cls, settings: Settings) -> RateLimit | None:
        """The limit that the settings name, nothing where they name none.

        Raises ``InvalidSettingError`` for a rate or a storage that cannot be read.
        """
        if not settings.rate:
            return None
        # Imported here, as is what speaks to the storage: most servers limit no rate.
        from limits import parse

        try:
            item = parse(settings.rate)
        except ValueError as problem:
            raise InvalidSettingError(
                f"The rate '{settings.rate}' cannot be read.",
                remedy="Write it as a number and a time: 600/minute.",
                setting="rate",
            ) from problem
        if not settings.rate_storage:
            return cls(item)
        from graph_api.limits.shared_rate import SharedRate

        return cls(item, SharedRate(item, settings.rate_storage))

    async def close(self) -> None:
        """Give back the connections to the shared storage."""
        if self._shared is not None:
            await self._shared.close()

    async def check(self, client: str) -> None:
        """Count a request of a client; raises ``RateLimitedError`` when it is one too many."""
        if self._shared is None:
            self._check_alone(client)
        else:
            await self._check_shared(client, self._shared)

    async def _check_shared(self, client: str, shared: SharedRate) -> None:
        from limits.errors import StorageError

        try:
            allowed = await shared.hit(client)
        except StorageError as problem:
            self._say(problem)
            self._check_alone(client)
            return
        self._failing = False
        if not allowed:
            raise self._refused(await shared.wait(client))

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


def _time(item: RateLimitItem) -> str:
    seconds = item.get_expiry()
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            number = seconds // size
            return f"a {word}" if number == 1 else f"{number} {word}s"
    return f"{seconds} seconds"
