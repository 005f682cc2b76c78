"""ODS (OpenDocument 1.3 part 3, 9): values as they are stored, formulas never worked out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading import archives
from graph_api.imports.reading.grid import Merged, MergedCells, filled
from graph_api.imports.reading.safe_xml import End, Event, Start, Text, events
from graph_api.imports.reading.sheets import (
    EMPTY,
    Counter,
    RawCell,
    RawRow,
    ReadLimits,
    Sheet,
    exceeded,
    sheet_of,
)
from graph_api.imports.reading.values import DateUnit, moment_text, number_text

_CONTENT = "content.xml"
_CELLS = ("table-cell", "covered-table-cell")
_DATE_PARTS = {"year": DateUnit.YEAR, "month": DateUnit.MONTH, "day": DateUnit.DAY}


@dataclass(slots=True)
class _Styles:
    """Which styles of tables hide them, and what styles of cells show of a date."""

    hidden: set[str] = field(default_factory=set)
    formats: dict[str, DateUnit] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def unit(self, style: str) -> DateUnit:
        """What a date in a cell of this style shows."""
        return self.formats.get(self.cells.get(style, ""), DateUnit.DAY)


def ods_sheets(path: Path, limits: ReadLimits, header_row: int) -> Iterator[Sheet]:
    """The sheets in their order; hidden ones are skipped, with the reason.

    Raises ``UnreadableFileError`` and ``LimitExceededError``, also while rows are read.
    """
    with archives.opened(path, limits) as archive, archives.part(archive, _CONTENT) as stream:
        _check_not_encrypted(archive)
        found = events(stream, _CONTENT)
        styles, counter, number = _Styles(), Counter(limits), 0
        style = ""
        for event in found:
            if isinstance(event, Start) and event.name == "table":
                number += 1
                if number > limits.sheets:
                    raise exceeded("sheets", "sheets", number, limits.sheets)
                rows = _rows(found, styles, limits)
                if event.attributes.get("style-name", "") in styles.hidden:
                    yield Sheet(event.attributes.get("name", ""), (), iter(()), skipped="it is hidden")
                else:
                    yield sheet_of(event.attributes.get("name", ""), rows, counter, header_row)
                for _ in rows:  # What the reader left of the sheet.
                    pass
            elif isinstance(event, Start):
                style = _note_style(styles, event, style)


def _check_not_encrypted(archive: zipfile.ZipFile) -> None:
    with archives.part(archive, "META-INF/manifest.xml") as stream:
        for event in events(stream, "META-INF/manifest.xml"):
            if isinstance(event, Start) and event.name == "encryption-data":
                raise UnreadableFileError(
                    "The file is protected by a password.", remedy="Save it without one."
                )


def _note_style(styles: _Styles, event: Start, style: str) -> str:
    """Remember what a style says; gives the name of the style that the next elements are a part of."""
    given = event.attributes
    match event.name:
        case "style":
            if given.get("family") == "table-cell":
                styles.cells[given.get("name", "")] = given.get("data-style-name", "")
            return given.get("name", "")
        case "date-style":
            return given.get("name", "")
        case "table-properties" if given.get("display") == "false":
            styles.hidden.add(style)
        case "year" | "month" | "day":
            shown = _DATE_PARTS[event.name]
            finest = styles.formats.get(style, shown)
            styles.formats[style] = max(shown, finest, key=lambda unit: unit.value)
        case _:
            pass
    return style


def _rows(found: Iterator[Event], styles: _Styles, limits: ReadLimits) -> Iterator[RawRow]:
    """The rows up to the end of the table; one that is repeated and empty counts once."""
    number, merged = 0, MergedCells()
    for event in found:
        if isinstance(event, End) and event.name == "table":
            return
        if not (isinstance(event, Start) and event.name == "table-row"):
            continue
        repeated = _count(event.attributes, "number-rows-repeated")
        cells = _cells(found, styles, merged, number + 1, limits.columns)
        for index in range(repeated if cells else 1):
            here = dict(cells)
            merged.mark(number + index + 1, here, limits.columns)
            if index == 0 or here:
                yield RawRow(number + index + 1, filled(here))
        number += repeated


def _cells(
    found: Iterator[Event], styles: _Styles, merged: MergedCells, row: int, columns: int
) -> dict[int, RawCell]:
    """The cells of a row that hold something, up to its end."""
    cells: dict[int, RawCell] = {}
    column = 0
    for event in found:
        if isinstance(event, End) and event.name == "table-row":
            break
        if isinstance(event, Start) and event.name in _CELLS:
            given = event.attributes
            cell = _read(given, _paragraphs(found, event.name), styles)
            repeated = _count(given, "number-columns-repeated")
            wide = _count(given, "number-columns-spanned")
            high = _count(given, "number-rows-spanned")
            if wide > 1 or high > 1:
                merged.add(Merged(row, column, row + high - 1, column + wide - 1))
            if cell is not EMPTY:
                if column + repeated > columns:
                    raise exceeded("columns", "columns", column + repeated, columns)
                cells.update(dict.fromkeys(range(column, column + repeated), cell))
            column += repeated
    return cells


def _paragraphs(found: Iterator[Event], element: str) -> str:
    """The text of a cell, up to its end; remarks beside it are no part of it."""
    lines: list[str] = []
    remark = 0
    inside = False
    for event in found:
        match event:
            case End(name=name) if name == element:
                break
            case Start(name="annotation"):
                remark += 1
            case End(name="annotation"):
                remark -= 1
            case Start(name="p") if not remark:
                lines.append("")
                inside = True
            case End(name="p"):
                inside = False
            case Start(name="s", attributes=given) if inside:
                lines[-1] += " " * min(_count(given, "c"), 100)
            case Start(name="line-break" | "tab") if inside:
                lines[-1] += " "
            case Text(text=text) if inside and not remark:
                lines[-1] += text
    return "\n".join(lines).strip()


def _read(given: Mapping[str, str], shown: str, styles: _Styles) -> RawCell:
    try:
        match given.get("value-type"):
            case None:
                return EMPTY
            case "float" | "percentage" | "currency":
                return RawCell(number_text(float(given.get("value", ""))))
            case "boolean":
                return RawCell("true" if given.get("boolean-value") == "true" else "false")
            case "date":
                moment = datetime.fromisoformat(given.get("date-value", ""))
                return RawCell(moment_text(moment, styles.unit(given.get("style-name", ""))))
            case _ if shown.startswith(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "Err:")) and (
                "formula" in given
            ):
                return RawCell(shown, f"it holds the error {shown}")
            case _:
                text = given.get("string-value", shown).strip()
                return RawCell(text) if text else EMPTY
    except (ValueError, OverflowError) as problem:
        return RawCell(shown, str(problem))


def _count(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1
