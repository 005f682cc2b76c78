"""A sliding window in memory: how often each client did something in the last seconds, about.

Two windows of fixed length are kept, the present one and the one before. The earlier one counts by the
part of it that the sliding window still covers, as if what is in it had been spread evenly. A request
costs the same however many clients there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import floor

MAX_CLIENTS = 100_000
"""Clients of a window that are remembered; beyond that the first is forgotten. They take some 20 MB."""


class SlidingWindow:
    """At most ``amount`` times in ``seconds`` for each client; ``clock`` gives seconds, never goes back."""

    def __init__(self, amount: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._amount = amount
        self._seconds = seconds
        self._clock = clock
        self._number = 0
        self._counts: dict[str, int] = {}
        self._earlier: dict[str, int] = {}

    def hit(self, client: str) -> bool:
        """Count one more time of a client, unless it is one too many."""
        gone = self._gone()
        count = self._counts.get(client, 0)
        if floor(self._earlier.get(client, 0) * (1 - gone)) + count >= self._amount:
            return False
        self._counts[client] = count + 1
        if len(self._counts) > MAX_CLIENTS:
            del self._counts[next(iter(self._counts))]
        return True

    def wait(self, client: str) -> float:
        """The seconds until a client's next time is counted, if it does nothing in between."""
        gone = self._gone()
        left = self._amount - self._counts.get(client, 0)
        earlier = self._earlier.get(client, 0)
        until = 1.0 if left <= 0 else 1 - left / earlier if earlier else 0.0
        return max(0.0, until - gone) * self._seconds

    def _gone(self) -> float:
        """The part of the present window that is over; begins the next window when it is time."""
        number, gone = divmod(self._clock() / self._seconds, 1)
        if number != self._number:
            self._earlier = self._counts if number == self._number + 1 else {}
            self._counts = {}
            self._number = int(number)
        return gone
