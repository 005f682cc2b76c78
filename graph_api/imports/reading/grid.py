"""Positions in a sheet: letters of columns, and the cells that are merged with others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph_api.imports.reading.sheets import RawCell

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)


def position(reference: str) -> tuple[int, int] | None:
    """Row, counted from 1, and column, counted from 0, of ``BC12``; None where it is no reference."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def letters(column: int) -> str:
    """The letters of a column that is counted from 0: ``A``, ``Z``, ``AA``."""
    text, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """A range of merged cells: rows from 1, columns from 0, both ends within it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def of(cls, reference: str) -> Merged | None:
        """The range ``A2:B5``; None where it is none."""
        begin, _, end = reference.partition(":")
        first, last = position(begin), position(end)
        return None if first is None or last is None else cls(*first, *last)

    def __str__(self) -> str:
        return f"{letters(self.first_column)}{self.first_row}:{letters(self.last_column)}{self.last_row}"


class MergedCells:
    """The merged ranges of a sheet, asked for row after row."""

    def __init__(self, ranges: Sequence[Merged] = ()) -> None:
        self._coming = sorted(ranges, reverse=True)
        self._here: list[Merged] = []

    def add(self, found: Merged) -> None:
        """A range that begins in the row that is read."""
        self._here.append(found)

    def mark(self, row: int, cells: dict[int, RawCell], columns: int) -> None:
        """Give a flaw to every cell of the row that is merged, as far as ``columns`` goes."""
        while self._coming and self._coming[-1].first_row <= row:
            self._here.append(self._coming.pop())
        self._here = [each for each in self._here if each.last_row >= row]
        for each in self._here:
            flaw = f"it is one of the merged cells {each}: what it says of which row is not known"
            for column in range(each.first_column, min(each.last_column, columns) + 1):
                cells[column] = RawCell(cells.get(column, RawCell()).text, flaw)


def filled(cells: dict[int, RawCell]) -> tuple[RawCell, ...]:
    """The cells of a row by position, with empty ones between them."""
    return tuple(cells.get(at, RawCell()) for at in range(max(cells, default=-1) + 1))
