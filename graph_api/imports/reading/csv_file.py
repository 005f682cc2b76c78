"""CSV (RFC 4180) as spreadsheets write it: with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading.encodings import encoding_of
from graph_api.imports.reading.sheets import Counter, RawCell, RawRow, ReadLimits, Sheet, sheet_of

_DELIMITERS = (",", ";", "\t")
_SAMPLE_LINES = 50
_DECLARED = "sep="
"""What a program writes on the first line for itself, to say which character separates cells."""


def csv_sheets(path: Path, limits: ReadLimits, encoding: str, header_row: int) -> Iterator[Sheet]:
    """The one sheet of a CSV file, named as the file.

    Raises ``UnreadableFileError`` for another encoding and for quotes that never end, while it is read.
    """
    with path.open(encoding=encoding_of(path, encoding), newline="") as file:
        delimiter, skipped = _delimiter(file)
        file.seek(0)
        # The byte order mark of UTF-16 is read anew after a seek to the beginning.
        rows = csv_rows(file, delimiter, limits, skipped)
        yield sheet_of(path.stem, rows, Counter(limits), header_row)


def _delimiter(file: TextIO) -> tuple[str, int]:
    """The delimiter, and how many lines say so and are no part of the table."""
    lines = list(itertools.islice(file, _SAMPLE_LINES))
    if lines and lines[0].lower().startswith(_DECLARED):
        return lines[0].rstrip("\r\n")[len(_DECLARED) :][:1] or ",", 1
    # Of equals the first: a file of one column has none of them.
    return max(_DELIMITERS, key=lambda each: _fit(lines, each)), 0


def _fit(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many rows have as many cells as the first, if that has several, and how many those are."""
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in reader if row]
    except csv.Error:
        return 0, 0
    if not widths or widths[0] < 2:
        return 0, 0
    return sum(width == widths[0] for width in widths), widths[0]


def csv_rows(file: TextIO, delimiter: str, limits: ReadLimits, skipped: int = 0) -> Iterator[RawRow]:
    """The rows of a table, each with the line that it begins on: a quoted cell may span several.

    Raises ``UnreadableFileError`` for quotes that never end, while it is read.
    """
    for _ in range(skipped):
        file.readline()
    csv.field_size_limit(max(limits.cell_characters * 2, csv.field_size_limit()))
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    width = 0
    while True:
        line = reader.line_num + skipped + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            # After a broken quote nothing says where the next row begins.
            raise UnreadableFileError(
                f"The file is not CSV from line {line} on: {problem}.",
                remedy="Look for a quotation mark that is not closed.",
                line=line,
            ) from problem
        if cells is None:
            return
        width = width or len(cells)
        flaw = (
            f"the row has {len(cells)} cells instead of {width}" if len(cells) != width and any(cells) else ""
        )
        yield RawRow(line, tuple(RawCell(cell.strip()) for cell in cells), flaw)
