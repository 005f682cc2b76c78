"""The custom scalars: days, and dates that keep their precision."""

from __future__ import annotations

import re
from datetime import date

import strawberry

from graph_api.errors import InvalidDateError
from graph_api.ontology.partial_date import PartialDate

# date.fromisoformat also reads weeks (2023-W24-4) and the digits of other scripts.
_DAY_FORM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(text: object) -> date:
    """Read ``YYYY-MM-DD``; raises ``InvalidDateError`` on anything else."""
    try:
        if not isinstance(text, str) or _DAY_FORM.fullmatch(text) is None:
            raise ValueError("it is not written as year, month and day")
        return date.fromisoformat(text)
    except ValueError as problem:
        raise InvalidDateError(
            f"'{text}' is not a day: {problem}.", remedy="Write it as 2023-06-15.", value=str(text)[:50]
        ) from problem


def parse_partial_date(text: object) -> PartialDate:
    """Read a partial date; raises ``InvalidDateError``."""
    if not isinstance(text, str):
        raise InvalidDateError(
            f"{text!r} is not a date.",
            remedy="Write 2023, 2023-06 or 2023-06-15 as a text.",
            value=str(text)[:50],
        )
    return PartialDate.parse(text)


def print_day(value: object) -> str:
    """A day, or the text of one as the database gives it, in ISO form; raises ``InvalidDateError``."""
    day = value if type(value) is date else parse_day(value)
    return day.isoformat()


def print_partial_date(value: object) -> str:
    """The partial date as it was written; raises ``InvalidDateError`` when what is stored is no date."""
    return str(parse_partial_date(value))


DAY = strawberry.scalar(
    name="Date",
    description="A day of the Gregorian calendar, as 2023-06-15 (ISO 8601).",
    specified_by_url="https://scalars.graphql.org/andimarek/local-date",
    serialize=print_day,
    parse_value=parse_day,
)
PARTIAL_DATE = strawberry.scalar(
    name="PartialDate",
    description="A date known to the day, the month or the year, and written so: 2023-06-15, 2023-06, 2023.",
    serialize=print_partial_date,
    parse_value=parse_partial_date,
)


class Day:
    """Stands for the scalar ``Date`` in annotations."""


class PartialDay:
    """Stands for the scalar ``PartialDate`` in annotations."""
