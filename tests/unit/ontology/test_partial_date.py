"""Partial dates: what is written comes back, and its bounds enclose exactly the days it can mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import InvalidDateError
from graph_api.ontology import PartialDate, Precision

DAYS = st.dates()
PRECISIONS = st.sampled_from(Precision)
_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


@given(DAYS, PRECISIONS)
def test_what_was_written_comes_back(day: date, precision: Precision) -> None:
    text = day.isoformat()[: _LENGTH[precision]]
    parsed = PartialDate.parse(text)
    assert str(parsed) == text
    assert parsed.precision is precision


@given(DAYS, PRECISIONS)
def test_the_bounds_enclose_exactly_the_days_that_begin_so(day: date, precision: Precision) -> None:
    text = day.isoformat()[: _LENGTH[precision]]
    parsed = PartialDate.parse(text)
    assert parsed.first_day <= day <= parsed.last_day
    assert parsed.first_day.isoformat().startswith(text)
    assert parsed.last_day.isoformat().startswith(text)
    if parsed.first_day > date.min:
        assert not (parsed.first_day - timedelta(days=1)).isoformat().startswith(text)
    if parsed.last_day < date.max:
        assert not (parsed.last_day + timedelta(days=1)).isoformat().startswith(text)


@given(st.text(max_size=12))
def test_any_text_is_read_as_written_or_refused(text: str) -> None:
    try:
        parsed = PartialDate.parse(text)
    except InvalidDateError:
        return
    assert str(parsed) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "23", "2023-6", "2023-13", "2023-00", "2023-06-00", "2023-06-31", "2023-02-29", "0000",
        "2023-06-", "20230615", "2023-W24", " 2023", "2023\n", "２０２３", "2023-06-15T00:00:00", "June 2023",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDateError):
        PartialDate.parse(text)


def test_a_leap_day_is_a_day() -> None:
    assert PartialDate.parse("2024-02").last_day == date(2024, 2, 29)
    assert PartialDate.parse("2024-02-29").first_day == date(2024, 2, 29)
