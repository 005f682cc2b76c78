"""Rows in portions that one statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

PORTION = 500
"""Rows in one statement: large enough that round trips do not count, small enough for any heap."""
Row = TypeVar("Row")


def portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in their order, in portions."""
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]
