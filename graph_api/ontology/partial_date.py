"""Dates that are known to the day, the month or the year, and stay that precise.

The forms are the reduced-precision calendar dates of ISO 8601-1:2019, 5.2.2: ``2023``,
``2023-06``, ``2023-06-15``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph_api.errors import InvalidDateError

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How precisely a date is known."""

    YEAR = "YEAR"
    MONTH = "MONTH"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date with its precision. ``str()`` gives back exactly what was parsed."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            if self.month is None and self.day is not None:
                raise ValueError("a day needs a month")
            # Not ``or``: a month or day 0 is no date.
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as problem:
            raise InvalidDateError(f"'{self}' is not a date: {problem}.", value=str(self)) from problem

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ``InvalidDateError`` on anything else."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise InvalidDateError(
                f"'{text}' is not a date.", remedy="Write 2023, 2023-06 or 2023-06-15.", value=str(text)[:50]
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return cls(year or 0, month, day)
        except InvalidDateError as problem:
            raise InvalidDateError(
                f"'{text}' is not a date: {problem.__cause__}.", value=text[:50]
            ) from problem

    @property
    def precision(self) -> Precision:
        """The smallest unit that is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first_day(self) -> date:
        """The earliest day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)
