"""Rows as CSV and as JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

import orjson

from graph_api.exports.answers import Cell
from graph_api.exports.graphs import GraphExport
from graph_api.exports.tables import TableExport
from graph_api.imports.values import LIST_SEPARATOR

FACT_COLUMNS: Final = ("graph_version", "as_of", "filters")
"""Columns at the end of a CSV file, since it has no other place for facts that every reader keeps."""
_ESCAPED: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BATCH: Final = 200


def csv_lines(export: TableExport, *, escape: bool = True) -> Iterator[bytes]:
    """A CSV file (RFC 4180) in UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, unless ``escape`` is
    false; numbers and dates are never changed.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    facts = export.facts.items()
    own = [_plain(facts[name]) for name in FACT_COLUMNS]
    shown = [name if not escape else escaped(name) for name in (each.name for each in export.table.heads)]
    writer.writerow([*shown, *FACT_COLUMNS])
    for number, row in enumerate(export.table.rows, 1):
        writer.writerow([*(csv_text(cell, escape=escape) for cell in row), *own])
        if number % _BATCH == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def csv_text(cell: Cell, *, escape: bool) -> str:
    """A cell of a CSV file."""
    if isinstance(cell, str | list):
        text = cell if isinstance(cell, str) else LIST_SEPARATOR.join(cell)
        return escaped(text) if escape else text
    return _plain(cell)


def escaped(text: str) -> str:
    """A text that no spreadsheet runs (OWASP, CSV Injection)."""
    return f"'{text}" if text.startswith(_ESCAPED) else text


def _plain(cell: str | int | float | bool | None) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def json_lines(export: TableExport) -> Iterator[bytes]:
    """JSON lines: the facts, the sources, then a line for each row."""
    heads = [head.name for head in export.sources.heads]
    sources = [dict(zip(heads, row, strict=True)) for row in export.sources.rows]
    yield _line({**export.facts.items(), "filters": dict(export.facts.filters), "sources": sources})
    names = [head.name for head in export.table.heads]
    for row in export.table.rows:
        yield _line(dict(zip(names, row, strict=True)))


def graph_json_lines(export: GraphExport) -> Iterator[bytes]:
    """JSON lines: the facts, then a line for each node, then one for each edge."""
    yield _line({**export.facts.items(), "filters": dict(export.facts.filters)})
    for identity, label, attributes in export.nodes:
        yield _line({"node": identity, "label": label, **attributes})
    for _, source, target, attributes in export.edges:
        yield _line({"from": source, "to": target, **attributes})


def _line(value: dict[str, object]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
