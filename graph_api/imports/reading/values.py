"""The values of typed cells as texts: the forms that the columns of an import have."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum

_SERIAL_ZERO = datetime(1899, 12, 30)
_SERIAL_ZERO_1904 = datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_465
"""The 31st of December 9999: spreadsheets know no later day."""
_MOST_DIGITS = 15
"""A number of a spreadsheet is a double of IEEE 754, which holds so many digits exactly."""
_NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.', re.IGNORECASE)


class DateUnit(Enum):
    """The smallest unit of a calendar that a number format shows."""

    YEAR = 4
    MONTH = 7
    DAY = 10
    TIME = 19


def number_text(value: float) -> str:
    """A number without the fraction that spreadsheets give to whole ones: ``12.0`` is ``12``."""
    if value == int(value) and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    return f"{value:.{_MOST_DIGITS}g}"


def date_unit(number_format: str) -> DateUnit | None:
    """What a number format shows of a date (ECMA-376 part 1, 18.8.31); None where it is not of a date.

    ``yyyy`` shows a year, ``mmm yyyy`` a month, ``dd/mm/yyyy`` a day.
    """
    form = _NO_PART_OF_A_DATE.sub("", number_format.split(";")[0]).lower()
    if "general" in form or not any(letter in form for letter in "ymdhs"):
        return None
    if "d" in form:
        return DateUnit.DAY
    if "h" in form or "s" in form:
        return DateUnit.TIME
    return DateUnit.MONTH if "m" in form else DateUnit.YEAR


def serial_text(serial: float, unit: DateUnit, *, from_1904: bool = False) -> str:
    """The day of a serial number (ECMA-376 part 1, 18.17.4.1) in ISO 8601, as precise as it is shown.

    A time of the day stays where there is one. Raises ``ValueError`` for a number that is no day.
    """
    if not 0 <= serial <= _LAST_SERIAL:
        raise ValueError(f"{number_text(serial)} is no day of the calendar")
    # Day 60 is the 29th of February 1900, which never was: days before it are one less (18.17.4.1).
    days = serial + 1 if serial < 60 and not from_1904 else serial
    moment = (_SERIAL_ZERO_1904 if from_1904 else _SERIAL_ZERO) + timedelta(days=days)
    return moment_text((moment + timedelta(microseconds=500_000)).replace(microsecond=0), unit)


def moment_text(moment: datetime, unit: DateUnit) -> str:
    """A moment in ISO 8601; midnight is a day."""
    text = moment.isoformat(timespec="seconds")
    whole_day = moment.hour == moment.minute == moment.second == 0
    if unit in (DateUnit.DAY, DateUnit.TIME):
        return text[: DateUnit.DAY.value] if whole_day else text
    return text[: unit.value]


def truth_text(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"
