"""Rows as a workbook: a sheet of typed cells, one of the sources that they name, one about it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO, Final, cast

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph_api.errors import LimitExceededError
from graph_api.exports.answers import Cell
from graph_api.exports.columns import CellType
from graph_api.exports.tables import Table, TableExport
from graph_api.imports.values import LIST_SEPARATOR

MOST_ROWS: Final = 1_048_575
"""Below the line with the names (ECMA-376 leaves it to applications; Excel, Calc and others stop there)."""
LONGEST: Final = 32_767
"""Characters of a cell that Excel opens."""
_CUT: Final = " [cut]"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it Excel counts a day that there never was."""
_BLOCK: Final = 65_536
_WIDTHS: Final = {CellType.TEXT: 24, CellType.LIST: 32, CellType.DATE: 12}


def check_sheet(export: TableExport) -> None:
    """Raise ``LimitExceededError`` for more rows than a sheet has."""
    if export.table.rows.count > MOST_ROWS:
        raise LimitExceededError(
            f"A sheet has {MOST_ROWS:,} rows at most, and these are {export.table.rows.count:,}.",
            remedy="Filter, or take another format.",
            limit_name="sheet_rows",
            limit=MOST_ROWS,
            value=export.table.rows.count,
        )


def workbook(export: TableExport) -> Iterator[bytes]:
    """The workbook, in blocks."""
    with tempfile.TemporaryFile() as file:
        _write(file, export)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _write(file: IO[bytes], export: TableExport) -> None:
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    try:
        formats = _Formats(book)
        cut = _sheet(book, "rows", export.table, formats)
        cut += _sheet(book, "sources", export.sources, formats)
        _about(book, export, formats, cut)
    finally:
        book.close()


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head: Format = book.add_format({"bold": True})
        self.date: Format = book.add_format({"num_format": "yyyy-mm-dd"})


def _sheet(book: xlsxwriter.Workbook, name: str, table: Table, formats: _Formats) -> int:
    """Write a table; gives the number of cells that were too long."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    cut = 0
    for column, head in enumerate(table.heads):
        sheet.set_column(column, column, _WIDTHS.get(head.type, 10))
        sheet.write_string(0, column, head.name, formats.head)
    for number, row in enumerate(table.rows, 1):
        for column, (head, cell) in enumerate(zip(table.heads, row, strict=True)):
            cut += _cell(sheet, number, column, head.type, cell, formats)
    return cut


def _cell(sheet: Worksheet, row: int, column: int, type_: CellType, cell: Cell, formats: _Formats) -> int:
    """Write a cell as what it is; a text is always a text, whatever it looks like."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif type_ is CellType.DATE and (day := _day(cast(str, cell))) is not None:
        sheet.write_datetime(row, column, day, formats.date)
    else:
        text = LIST_SEPARATOR.join(cell) if isinstance(cell, list) else cell
        long = len(text) > LONGEST
        sheet.write_string(row, column, text[: LONGEST - len(_CUT)] + _CUT if long else text)
        return int(long)
    return 0


def _day(text: str) -> date | None:
    """The day that a date names; nothing for a month or a year, and for days that sheets cannot count."""
    if not _DAY.fullmatch(text):
        return None
    day = date.fromisoformat(text)
    return day if day >= _FIRST_DAY else None


def _about(book: xlsxwriter.Workbook, export: TableExport, formats: _Formats, cut: int) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)
    facts = {**export.facts.items(), **({"cut_cells": cut} if cut else {})}
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name, formats.head)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        elif value is not None:
            sheet.write_string(row, 1, value[:LONGEST])
