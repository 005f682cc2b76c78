"""Rows on a terminal: a table, JSON, or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich.console import Console
from rich.table import Table

_PLAIN_WIDTH = 200
"""Columns of a table that is not printed on a terminal: enough not to break words in logs and tests."""


class RowFormat(StrEnum):
    """How rows, and answers as rows, are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def print_rows(columns: Sequence[str], rows: Sequence[Mapping[str, object]], form: RowFormat) -> None:
    """Print rows on standard output; JSON has all that is in them, the others these columns."""
    if form is RowFormat.JSON:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    if form is RowFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([columns, *cells])
        return
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    table = Table(*columns)
    for row in cells:
        table.add_row(*row)
    console.print(table, markup=False)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
