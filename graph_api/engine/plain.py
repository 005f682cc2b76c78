"""The driver's dates and times as those of Python, wherever they stand in a row."""

from __future__ import annotations

from datetime import date, datetime, time

from neo4j.time import Date, DateTime, Time


def make_plain(values: list[object]) -> list[object]:
    """Replace the driver's temporal values in place, nested ones too, and give the same list.

    In place, because a row is one large nested list that the driver built for this reader alone.
    """
    for index, value in enumerate(values):
        if isinstance(value, list):
            make_plain(value)
        elif isinstance(value, dict):
            _make_plain_map(value)
        elif isinstance(value, Date | DateTime | Time):
            values[index] = _native(value)
    return values


def _make_plain_map(values: dict[str, object]) -> None:
    for name, value in values.items():
        if isinstance(value, list):
            make_plain(value)
        elif isinstance(value, dict):
            _make_plain_map(value)
        elif isinstance(value, Date | DateTime | Time):
            values[name] = _native(value)


def _native(value: Date | DateTime | Time) -> date | datetime | time:
    native: date | datetime | time = value.to_native()
    return native
