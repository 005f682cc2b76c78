"""Reading CSV tables: every row with its line, every flaw of the file with its place."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading.csv_file import csv_rows
from graph_api.imports.reading.sheets import RawRow, ReadLimits
from graph_api.imports.records import Record, Row, RowError, RowPlace, SetAside

Convert: TypeAlias = Callable[[Row], Iterable[Record] | SetAside]
"""Makes the records of a row, or sets it aside; raises ``BrokenRowError``."""


@dataclass(frozen=True, slots=True)
class Table:
    """The form of a table and what its rows mean.

    ``version`` changes with the meaning: a file that was loaded under another version is loaded again.
    """

    convert: Convert
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    version: str = "1"


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A table to load. ``rests_on`` are files that its conversion looks things up in."""

    label: str
    path: Path
    table: Table
    rests_on: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What was read of a file: the rows that have the right form, and what is wrong with the others.

    ``seen`` counts both; it is 0 when the file as a whole cannot be read.
    """

    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]
    seen: int


def read_table(label: str, content: bytes, table: Table) -> ReadTable:
    """Read a CSV file in UTF-8, with or without a byte order mark.

    A flaw of the whole file (encoding, header) leaves no rows; a flaw of a row leaves out that row.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        broken = content[problem.start : problem.end].hex()
        return _unreadable(label, line, broken, f"byte {problem.start} is not UTF-8")
    nul = text.find("\0")
    if nul >= 0:
        return _unreadable(label, text.count("\n", 0, nul) + 1, "", "the file contains a NUL character")
    return _read_rows(label, text, table)


def _read_rows(label: str, text: str, table: Table) -> ReadTable:
    lines = _numbered(label, text)
    first = next(lines, None)
    if first is None:
        return _unreadable(label, 1, "", "the file is empty")
    if isinstance(first, RowError):
        return ReadTable((), (first,), 0)
    header = [cell.text for cell in first.cells]
    flaws = tuple(_header_flaws(RowPlace(label, first.number), header, table))
    if flaws:
        return ReadTable((), flaws, 0)
    rows: list[Row] = []
    errors: list[RowError] = []
    for found in lines:
        if isinstance(found, RowError):
            errors.append(found)
        elif found.flaw:
            errors.append(RowError(RowPlace(label, found.number), "", "", found.flaw))
        else:
            cells = dict(zip(header, (cell.text for cell in found.cells), strict=True))
            rows.append(Row(RowPlace(label, found.number), cells))
    return ReadTable(tuple(rows), tuple(errors), len(rows) + len(errors))


def _numbered(label: str, text: str) -> Iterator[RawRow | RowError]:
    """The rows that are not blank, as the import of spreadsheets reads them."""
    rows = csv_rows(io.StringIO(text, newline=""), ",", ReadLimits())
    try:
        yield from (row for row in rows if not row.blank)
    except UnreadableFileError as problem:
        line = cast(int, problem.place["line"])
        yield RowError(RowPlace(label, line), "", "", f"not CSV: {problem.__cause__}")


def _header_flaws(place: RowPlace, header: list[str], table: Table) -> Iterator[RowError]:
    for name in table.columns:
        if name not in header:
            yield RowError(place, name, "", "the column is missing")
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield RowError(place, name, "", "the column stands there twice")
        if name not in table.columns and name not in table.optional:
            yield RowError(place, name, "", "the column is not known")


def _unreadable(label: str, line: int, value: str, reason: str) -> ReadTable:
    return ReadTable((), (RowError(RowPlace(label, line), "", value, reason),), 0)
