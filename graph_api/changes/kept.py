"""What was made of a version of the graph, kept until enough of others are."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass
class KeptByVersion(Generic[Kept]):
    """The ``most`` things asked for last, each for a version and what else it depends on, as a role.

    Nothing is kept where no version is known. One is made at a time: who asks meanwhile gets the same.
    """

    most: int
    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, version: Hashable, more: Hashable, make: Callable[[], Awaitable[Kept]]) -> Kept:
        """What is kept for a version, or else what ``make`` makes; raises what it raises."""
        async with self._making:
            found = self._kept.pop((version, more), None)
            if found is None:
                found = await make()
            if version is not None:
                self._kept[version, more] = found
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
            return found
