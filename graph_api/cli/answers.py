"""Answers on a terminal: a table, CSV, or the JSON as it came.

A row is a node of the first list in the answer. Single nodes below it become columns with dotted
names; lists below it become one cell, their items separated by semicolons.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import cast

from rich.console import Console
from rich.table import Table

_PLAIN_WIDTH = 200
"""Columns of a table that is not printed on a terminal: enough not to break words in logs and tests."""


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def print_answer(data: Mapping[str, object], form: AnswerFormat) -> None:
    """Print an answer on standard output."""
    if form is AnswerFormat.JSON:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    rows = [dict(_cells("", item)) for item in _items(data)]
    named = list(dict.fromkeys(column for row in rows for column in row))
    # A node that is missing in one row leaves its bare name beside the columns of the others.
    columns = [column for column in named if not any(other.startswith(f"{column}.") for other in named)]
    if form is AnswerFormat.CSV:
        writer = csv.DictWriter(sys.stdout, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return
    _print_table(columns, rows, _total(data))


def _print_table(columns: list[str], rows: list[dict[str, str]], total: int | None) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    table = Table(*columns, show_lines=False)
    for row in rows:
        table.add_row(*(row.get(column, "") for column in columns))
    if columns:
        console.print(table, markup=False)
    shown = f"{len(rows)} of {total}" if total is not None and total != len(rows) else str(len(rows))
    console.print(f"{shown} {'row' if len(rows) == 1 else 'rows'}.", highlight=False)


def _items(data: Mapping[str, object]) -> list[object]:
    """The rows: of the first root field that is a connection or a list, or that holds one."""
    for value in data.values():
        found = _list_in(value)
        if found is not None:
            return found
    return [value for value in data.values() if value is not None]


def _list_in(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        for name in ("edges", "nodes"):
            if isinstance(value.get(name), list):
                return cast("list[object]", value[name])
    return None


def _cells(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield prefix, _text(value)
        return
    for name, member in value.items():
        column = prefix if name == "node" else f"{prefix}.{name}" if prefix else name
        if _list_in(member) is not None:
            yield column, "; ".join(_line(item) for item in cast("list[object]", _list_in(member)))
        elif isinstance(member, Mapping):
            yield from _cells(column, member)
        elif name not in ("__typename", "cursor"):
            yield column, _text(member)


def _line(item: object) -> str:
    """An item of a list in one cell: its values, separated by commas."""
    return ", ".join(text for _, text in _cells("", item) if text)


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _total(data: Mapping[str, object]) -> int | None:
    for value in data.values():
        if isinstance(value, Mapping) and isinstance(value.get("totalCount"), int):
            return cast(int, value["totalCount"])
    return None
