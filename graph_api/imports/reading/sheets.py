"""What every reader gives: sheets, and in each its rows with the texts of their cells by heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph_api.errors import LimitExceededError, UnreadableFileError

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a file is read; a file beyond a limit is refused, naming the limit.

    ``unpacked_bytes``, ``ratio`` and ``entries`` are about archives, as XLSX and ODS are: how large all that
    is in them may become, how much larger one part may become than it is packed, how many parts there may be.
    """

    file_bytes: int = 100 * _MEGABYTE
    unpacked_bytes: int = 1_500 * _MEGABYTE
    ratio: int = 200
    entries: int = 2_000
    sheets: int = 100
    rows: int = 1_000_000
    columns: int = 500
    cell_characters: int = 100_000


def exceeded(name: str, what: str, value: int, limit: int) -> LimitExceededError:
    """The error for a file beyond a limit."""
    return LimitExceededError(
        f"The file has {value:,} {what} or more; at most {limit:,} are read.",
        remedy="Split the file, or raise the limit.",
        limit_name=name,
        value=value,
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class CellFlaw:
    """Why a cell cannot be read; ``column`` is its heading."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. Cells are without outer spaces; those without a text are left out.

    ``number`` is that of the row in its sheet, or of the line on which it begins, counted from 1.
    """

    number: int
    cells: Mapping[str, str]
    flaws: tuple[CellFlaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its rows can be read once, before the next sheet is taken.

    ``skipped`` says why there are none to read. ``target`` is what the rows are for, where the format knows.
    """

    name: str
    headings: tuple[str, ...]
    rows: Iterator[SheetRow]
    skipped: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """The text of a cell, or why it has none."""

    text: str = ""
    flaw: str = ""


EMPTY = RawCell()


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before its sheet's headings are known; a ``flaw`` is about the row as a whole."""

    number: int
    cells: tuple[RawCell, ...]
    flaw: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.flaw and not any(cell.text or cell.flaw for cell in self.cells)


@dataclass(slots=True)
class Counter:
    """Counts the rows of a whole file against the limit."""

    limits: ReadLimits
    rows: int = 0

    def count(self, row: RawRow | None = None) -> None:
        """One row more; raises ``LimitExceededError`` beyond the limits."""
        self.rows += 1
        if self.rows > self.limits.rows:
            raise exceeded("rows", "rows", self.rows, self.limits.rows)
        if row is not None:
            self.check(row)

    def check(self, row: RawRow) -> None:
        """Raise ``LimitExceededError`` for a row that is too wide or a text that is too long."""
        if len(row.cells) > self.limits.columns:
            raise exceeded("columns", "columns", len(row.cells), self.limits.columns)
        longest = max((len(cell.text) for cell in row.cells), default=0)
        if longest > self.limits.cell_characters:
            raise exceeded("cell_characters", "characters in a cell", longest, self.limits.cell_characters)


def sheet_of(name: str, rows: Iterable[RawRow], counter: Counter, header_row: int = 1) -> Sheet:
    """A sheet whose first row with content, from ``header_row`` on, holds the headings.

    Raises ``UnreadableFileError`` when a heading stands there twice or is a part of merged cells.
    """
    remaining = iter(rows)
    head = next((row for row in remaining if row.number >= header_row and not row.blank), None)
    if head is None:
        return Sheet(name, (), iter(()), skipped="it is empty")
    counter.check(head)
    names = _headings(name, head)
    return Sheet(name, tuple(names.values()), _named(remaining, names, counter))


def _headings(sheet: str, head: RawRow) -> dict[int, str]:
    for cell in head.cells:
        if cell.flaw or head.flaw:
            raise UnreadableFileError(
                f"The headings of the sheet {sheet} cannot be read: {cell.flaw or head.flaw}.",
                remedy="One row has to hold a heading for each column; say which (--header-row).",
                sheet=sheet,
                row=head.number,
            )
    names = {at: " ".join(cell.text.split()) for at, cell in enumerate(head.cells) if cell.text}
    for heading in names.values():
        if list(names.values()).count(heading) > 1:
            raise UnreadableFileError(
                f"The heading '{heading[:80]}' stands twice in the sheet {sheet}.",
                remedy="Name each column once.",
                sheet=sheet,
                row=head.number,
                column=heading[:80],
            )
    return names


def _named(rows: Iterator[RawRow], names: Mapping[int, str], counter: Counter) -> Iterator[SheetRow]:
    for row in rows:
        if row.blank:
            continue
        counter.count(row)
        if row.flaw:
            yield SheetRow(row.number, {}, (CellFlaw("", "", row.flaw),))
            continue
        flaws: list[CellFlaw] = []
        cells: dict[str, str] = {}
        for at, cell in enumerate(row.cells):
            heading = names.get(at)
            if heading is None:
                if cell.text or cell.flaw:
                    flaws.append(CellFlaw(f"column {at + 1}", cell.text[:200], "the column has no heading"))
            elif cell.flaw:
                flaws.append(CellFlaw(heading, cell.text[:200], cell.flaw))
            elif cell.text:
                cells[heading] = cell.text
        yield SheetRow(row.number, cells, tuple(flaws))
