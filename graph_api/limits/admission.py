"""How many requests are answered at once: one more than that is sent away, to come again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph_api.errors import ServerBusyError

RETRY_SECONDS = 1
"""A request takes milliseconds: whoever comes again after this finds another situation."""


@dataclass(slots=True)
class Admission:
    """A number of places. ``taken`` of them are in use."""

    places: int
    taken: int = 0

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Take a place for the block; raises ``ServerBusyError`` when there is none."""
        if self.taken >= self.places:
            raise ServerBusyError(
                f"The server answers {self.places:,} requests already.",
                remedy="Come again in a moment.",
                limit_name="concurrent",
                limit=self.places,
                retry_after=RETRY_SECONDS,
            )
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
