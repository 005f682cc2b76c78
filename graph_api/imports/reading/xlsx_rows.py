"""The rows of one sheet of XLSX (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading.grid import MergedCells, filled, position
from graph_api.imports.reading.safe_xml import End, Event, Start, Text
from graph_api.imports.reading.sheets import RawCell, RawRow
from graph_api.imports.reading.values import DateUnit, number_text, serial_text, truth_text

_NOT_WORKED_OUT = "the formula has no stored result: open the file in a spreadsheet program and save it"


@dataclass(frozen=True, slots=True)
class Styles:
    """What the cells of a file name by number: texts, and what each style shows of a date."""

    texts: Sequence[str]
    dates: Sequence[DateUnit | None]
    from_1904: bool


@dataclass(slots=True)
class _Cell:
    column: int
    type: str
    style: str
    formula: bool = False
    value: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def sheet_rows(found: Iterator[Event], styles: Styles, merged: MergedCells, columns: int) -> Iterator[RawRow]:
    """The rows that the sheet states; raises ``UnreadableFileError`` when they are out of order."""
    number = 0
    cells: dict[int, RawCell] = {}
    cell: _Cell | None = None
    part, column = "", -1
    for event in found:
        match event:
            case Start(name="row", attributes=given):
                number = _row_number(given.get("r"), number)
                cells, column = {}, -1
            case Start(name="c", attributes=given):
                place = position(given.get("r", ""))
                column = column + 1 if place is None else place[1]
                cell = _Cell(column, given.get("t", "n"), given.get("s", ""))
            case Start(name="f") if cell is not None:
                cell.formula = True
            case Start(name=("v" | "t") as name):
                part = name
            case Start(name="rPh"):
                part = ""
            case End(name="v" | "t"):
                part = ""
            case Text(text=text) if part and cell is not None:
                (cell.value if part == "v" else cell.text).append(text)
            case End(name="c") if cell is not None:
                read = _read(cell, styles)
                if read.text or read.flaw:
                    cells[cell.column] = read
                cell = None
            case End(name="row"):
                merged.mark(number, cells, columns)
                yield RawRow(number, filled(cells))
            case _:
                pass


def _row_number(given: str | None, before: int) -> int:
    number = int(given) if given is not None and given.isdecimal() else before + 1
    if number <= before:
        raise UnreadableFileError(f"Row {number} stands behind row {before}.", remedy="Save the file again.")
    return number


def _read(cell: _Cell, styles: Styles) -> RawCell:
    value = "".join(cell.value)
    if cell.formula and not value and cell.type != "str":
        return RawCell("", _NOT_WORKED_OUT)
    match cell.type:
        case "s":
            known = value.isdecimal() and int(value) < len(styles.texts)
            return (
                RawCell(styles.texts[int(value)].strip()) if known else RawCell(value, "its text is missing")
            )
        case "inlineStr":
            return RawCell("".join(cell.text).strip())
        case "str":
            return RawCell(value.strip())
        case "b":
            return RawCell(truth_text(value.strip() in ("1", "true")))
        case "e":
            return RawCell(value, f"it holds the error {value}")
        case "d":
            return RawCell(value.strip().removesuffix("T00:00:00"))
        case _:
            return _number(value.strip(), cell.style, styles)


def _number(value: str, style: str, styles: Styles) -> RawCell:
    if not value:
        return RawCell()
    try:
        number = float(value)
        at = int(style) if style.isdecimal() else -1
        unit = styles.dates[at] if 0 <= at < len(styles.dates) else None
        if unit is None:
            return RawCell(number_text(number))
        return RawCell(serial_text(number, unit, from_1904=styles.from_1904))
    except (ValueError, OverflowError) as problem:
        return RawCell(value, str(problem))
