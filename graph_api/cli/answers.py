"""Answers on a terminal: a table, CSV, or the JSON as it came; their rows are those of exports."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from graph_api.cli.rows import RowFormat
from graph_api.exports.answers import columns_of, rows_of, text_of, total_of

_PLAIN_WIDTH = 200
"""Columns of a table that is not printed on a terminal: enough not to break words in logs and tests."""


def print_answer(data: Mapping[str, object], form: RowFormat) -> None:
    """Print an answer on standard output."""
    if form is RowFormat.JSON:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    found = rows_of(data)
    columns = columns_of(found)
    rows = [{name: text_of(cell) for name, cell in row.items()} for row in found]
    if form is RowFormat.CSV:
        writer = csv.DictWriter(sys.stdout, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return
    _print_table(columns, rows, total_of(data))


def _print_table(columns: list[str], rows: list[dict[str, str]], total: int | None) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    table = Table(*columns, show_lines=False)
    for row in rows:
        table.add_row(*(row.get(column, "") for column in columns))
    if columns:
        console.print(table, markup=False)
    shown = f"{len(rows)} of {total}" if total is not None and total != len(rows) else str(len(rows))
    console.print(f"{shown} {'row' if len(rows) == 1 else 'rows'}.", highlight=False)
