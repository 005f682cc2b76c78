"""What is searched and what comes out. All of it is frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

EntityId: TypeAlias = "tuple[str, str]"
"""The kind and the key of an entity."""


@dataclass(frozen=True, slots=True)
class SearchedRecord:
    """An entity with everything that it is found by: its names in all languages, aliases, short forms."""

    kind: str
    key: str
    names: tuple[str, ...]

    @property
    def identity(self) -> EntityId:
        """Kind and key."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found: how well it fits, from 0 to 1, and by which of its names."""

    record: SearchedRecord
    score: float
    name: str
