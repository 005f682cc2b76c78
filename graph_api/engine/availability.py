"""Whether statements may be sent now; only an engine that is started by us ever says no."""

from __future__ import annotations

from typing import Protocol


class Availability(Protocol):
    """Asked before each statement, and after a connection was lost."""

    async def wait(self) -> None:
        """Return when statements may be sent; raises EngineStoppedError when that will never be."""
        ...

    async def wait_after_loss(self) -> None:
        """Return when it makes sense to try again after a lost connection; raises like ``wait``."""
        ...


class AlwaysAvailable:
    """A server that others run: the next attempt tells whether it is there."""

    async def wait(self) -> None:
        """Return at once."""

    async def wait_after_loss(self) -> None:
        """Return at once."""
