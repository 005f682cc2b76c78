"""Whether this server can answer: its database is there, with its keys and indexes, at which version."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.changes.version import read_version, version_of
from graph_api.engine.definitions import Definition, definition_name, missing_definitions
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError, ErrorCode
from graph_api.observe.logs import logger

MISSING_DEFINITIONS: Final = "MISSING_DEFINITIONS"
"""The code of a database without a unique key or an index that it was given before."""
_ANSWER_SECONDS: Final = 5.0
# Nobody drops an index often; somebody may ask for the health every second.
_DEFINITIONS_SECONDS: Final = 60.0
_LOG: Final = logger(__name__)


class Status(StrEnum):
    """What a load balancer wants to know."""

    READY = "ready"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the database as it was found. ``version`` is the graph's, where it was ever written."""

    status: Status
    version: int | None = None
    code: str | None = None

    @property
    def http_status(self) -> int:
        """200, or 503 (RFC 9110 section 15.6.4)."""
        return 200 if self.status is Status.READY else 503

    def body(self) -> dict[str, object]:
        """What ``/health/ready`` answers. It names no index and no address: those are in the log."""
        found = {"status": str(self.status), "version": self.version, "code": self.code}
        return {name: value for name, value in found.items() if value is not None}


class HealthCheck:
    """Asks the database at most once in ``seconds``, however many ask for the health at once.

    ``store`` is best the one within an ``ObservedStore``, so that these statements are not counted.
    """

    def __init__(self, store: Store, definitions: Collection[Definition], *, seconds: float = 1.0) -> None:
        self._store = store
        self._definitions = definitions
        self._seconds = seconds
        self._asking = asyncio.Lock()
        self._last: Health | None = None
        self._until = 0.0
        self._definitions_until = 0.0

    async def check(self) -> Health:
        """The health, no older than ``seconds``; never raises an error of the database."""
        async with self._asking:
            if self._last is None or _now() >= self._until:
                self._last = await self._ask()
                self._until = _now() + self._seconds
            return self._last

    async def _ask(self) -> Health:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                version = version_of(await self._store.read(read_version()))
                missing = await self._missing()
        except TimeoutError:
            return Health(Status.UNAVAILABLE, code=str(ErrorCode.DATABASE_TIMEOUT))
        except DatabaseError as error:
            return Health(Status.UNAVAILABLE, code=str(error.code))
        number = None if version is None else version.number
        if missing:
            _LOG.error("keys or indexes are missing in the database", missing=missing)
            return Health(Status.UNAVAILABLE, number, MISSING_DEFINITIONS)
        return Health(Status.READY, number)

    async def _missing(self) -> list[str]:
        if _now() < self._definitions_until:
            return []
        missing = await missing_definitions(self._store, self._definitions)
        if not missing:
            self._definitions_until = _now() + _DEFINITIONS_SECONDS
        return [definition_name(one) for one in missing]


def _now() -> float:
    return asyncio.get_running_loop().time()
