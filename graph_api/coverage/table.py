"""A table of counts: its lines, its cells, and those with too little in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[str, str]
"""The keys of a row and of a column."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column by its key; ``level`` is 0 where no other line of the axis contains it."""

    key: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """How many nodes belong to a row and a column, and how many did on the day compared with."""

    row: str
    column: str
    count: int
    compared: int | None


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The lines of both axes, and the counts that are not zero."""

    rows: Sequence[Line]
    columns: Sequence[Line]
    counts: Mapping[Place, int]
    compared: Mapping[Place, int] | None = None

    def cells(self, minimum: int | None = None) -> Iterator[Cell]:
        """The cells that count at least so many; by default those that count any, on either day."""
        for cell in self._all():
            if minimum is None:
                if cell.count or cell.compared:
                    yield cell
            elif cell.count >= minimum:
                yield cell

    def gaps(self, threshold: int) -> Iterator[Cell]:
        """The cells that count fewer than the threshold, empty ones among them."""
        return (cell for cell in self._all() if cell.count < threshold)

    def _all(self) -> Iterator[Cell]:
        for row in self.rows:
            for column in self.columns:
                place = (row.key, column.key)
                before = None if self.compared is None else self.compared.get(place, 0)
                yield Cell(*place, self.counts.get(place, 0), before)


def lines_of(parents: Mapping[str, Iterable[str]], level: int | None = None) -> tuple[Line, ...]:
    """Lines from what directly contains each, all of them or those of one level.

    A line's level is the length of the shortest way up among the lines; one that only contains itself,
    however far around, has level 0.
    """
    levels: dict[str, int] = {}
    waiting = {
        key: {each for each in above if each in parents and each != key} for key, above in parents.items()
    }
    reached = {key for key, above in waiting.items() if not above}
    depth = 0
    while reached:
        levels |= dict.fromkeys(reached, depth)
        depth += 1
        reached = {key for key, above in waiting.items() if key not in levels and above & reached}
    lines = (Line(key, levels.get(key, 0)) for key in parents)
    return tuple(line for line in lines if level is None or line.level == level)
