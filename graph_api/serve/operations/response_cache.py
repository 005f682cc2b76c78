"""Answers kept by what decides them: the document, its variables, the viewer's role, the graph's version.

An answer is used only while the version that it was read at is known to be the present one, so a
committed write empties the cache without anybody telling it to.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from sys import getsizeof
from typing import TypeAlias

Key: TypeAlias = tuple[str | None, ...]
ENTRY_BYTES = 500
"""What an entry costs beside its key's parts and its body, about."""
_LARGEST_SHARE = 8
"""An answer larger than this part of the cache is not kept: it would push out too many others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A body, the version that it was read at, and the bytes that it takes with its key."""

    version: Hashable
    body: bytes
    size: int


@dataclass(slots=True)
class ResponseCache:
    """Bodies by key, the longest unused forgotten first; ``capacity`` is in bytes, 0 keeps nothing."""

    capacity: int
    entries: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    size: int = 0
    hits: int = 0
    misses: int = 0

    def get(self, key: Key, version: Hashable) -> bytes | None:
        """The body kept for a key, if it was read at this version."""
        found = self.entries.get(key)
        if found is None or (found.version is not version and found.version != version):
            self.misses += 1
            return None
        self.hits += 1
        self.entries.move_to_end(key)
        return found.body

    def put(self, key: Key, version: Hashable, body: bytes) -> None:
        """Keep a body."""
        size = ENTRY_BYTES + sum(map(getsizeof, key)) + len(body)
        if size > self.capacity // _LARGEST_SHARE:
            return
        earlier = self.entries.pop(key, None)
        if earlier is not None:
            self.size -= earlier.size
        # A copy: what orjson gives takes 4 kB or more, however short it is.
        self.entries[key] = Kept(version, bytes(memoryview(body)), size)
        self.size += size
        while self.size > self.capacity:
            _, forgotten = self.entries.popitem(last=False)
            self.size -= forgotten.size
