"""Rows of canonical tables, and how they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

SOURCE = "DEMONSTRATION"
"""The key of the one source that everything rests on."""

DemoRow: TypeAlias = dict[str, str]


def row(**cells: str) -> DemoRow:
    """One row, marked as made up."""
    return {**cells, "synthetic": "true", "sources": SOURCE}


def written(rows: Iterable[DemoRow], order: Sequence[str]) -> bytes:
    """The table as a file: the columns that any row fills, in the order of the canonical table."""
    listed = list(rows)
    used = [name for name in order if any(found.get(name) for found in listed)]
    text = io.StringIO()
    writer = csv.DictWriter(text, used, restval="", lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows({name: cell for name, cell in found.items() if cell} for found in listed)
    return text.getvalue().encode()


def spells(text: str) -> Iterable[tuple[str, str]]:
    """Since and until of each spell in ``2022-05/2022-12 2023-06``."""
    for spell in text.split():
        since, _, until = spell.partition("/")
        yield since, until
