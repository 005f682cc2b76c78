from __future__ import annotations

from datetime import date, datetime

import pytest

from graph_api.api_types.scalars import parse_day, parse_partial_date, print_day, print_partial_date
from graph_api.errors import InvalidDateError
from graph_api.ontology import PartialDate


def test_a_day_is_read_and_written() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)
    assert print_day(date(2024, 2, 29)) == "2024-02-29"


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2023-2-9",
        "2023",
        "2023-06",
        "20230615",
        "2023-W24-4",
        "",
        "２０２３-06-15",
        2023,
        None,
        True,
    ],
)
def test_what_is_no_day_is_refused_with_its_value(text: object) -> None:
    with pytest.raises(InvalidDateError) as caught:
        parse_day(text)

    assert caught.value.place["value"] == str(text)
    assert caught.value.remedy


def test_a_day_is_also_written_from_its_text() -> None:
    assert print_day("2023-06-15") == "2023-06-15"


@pytest.mark.parametrize("value", ["2023-06", datetime(2023, 6, 15), 20230615, None])
def test_only_a_day_is_written_as_one(value: object) -> None:
    with pytest.raises(InvalidDateError):
        print_day(value)


@pytest.mark.parametrize("text", ["2023", "2023-06", "2023-06-15"])
def test_a_partial_date_keeps_its_precision(text: str) -> None:
    assert parse_partial_date(text) == PartialDate.parse(text)
    assert print_partial_date(text) == text


@pytest.mark.parametrize(
    "text", ["0000", "2023-13", "2023-06-31", "23", "2023-06-15T00:00", "", 2023, None, ["2023"]]
)
def test_what_is_no_partial_date_is_refused(text: object) -> None:
    with pytest.raises(InvalidDateError):
        parse_partial_date(text)
