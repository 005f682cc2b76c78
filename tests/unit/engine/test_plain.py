"""Temporal values of the driver in rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from neo4j.time import Date, DateTime, Time

from graph_api.engine.plain import make_plain


def test_temporal_values_become_pythons_at_any_depth() -> None:
    day, moment, hour = date(2023, 2, 28), datetime(2023, 2, 28, 1, 2, 3, tzinfo=UTC), time(4, 5)
    row: list[object] = [
        Date.from_native(day),
        [1, [Date.from_native(day), "x"], None],
        {
            "at": DateTime.from_native(moment),
            "deep": {"all": [Time.from_native(hour)], "map": {"day": Date.from_native(day)}},
        },
    ]

    plain = make_plain(row)

    assert plain == [day, [1, [day, "x"], None], {"at": moment, "deep": {"all": [hour], "map": {"day": day}}}]
    assert type(plain[0]) is date


def test_other_values_are_left_alone() -> None:
    row: list[object] = ["2023-02-28", 1, 2.5, True, None, [], {}]

    assert make_plain(row) is row
    assert row == ["2023-02-28", 1, 2.5, True, None, [], {}]
