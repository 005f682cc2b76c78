"""What a value that cannot be used may have been meant to be."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from graph_api.ontology.model import Property, ScalarType

NEAR = 60.0
"""From this score on, out of 100, the nearest word of a vocabulary is suggested."""
_WRITTEN_DATE = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 80_000
"""A day of the year 2119: larger numbers are no dates that anybody has in a table."""
_YES = {"yes": "true", "y": "true", "1": "true", "x": "true", "no": "false", "n": "false", "0": "false"}


def for_value(prop: Property, value: str) -> str:
    """A question that names what may have been meant; an empty text where nothing is near."""
    match prop.type:
        case ScalarType.ENUM if prop.enum is not None:
            return _word(value, {name: str(each.value) for name, each in prop.enum.__members__.items()})
        case ScalarType.BOOLEAN:
            meant = _YES.get(value.lower())
            return f"{meant}?" if meant else ""
        case ScalarType.DATE | ScalarType.PARTIAL_DATE:
            return _date(value)
        case ScalarType.INT | ScalarType.FLOAT:
            plain = re.sub(r"[\s,'.\u00a0\u202f](?=\d{3}(?!\d))", "", value)
            return f"{plain}?" if plain != value and plain.isdecimal() else ""
        case _:
            return ""


def _word(value: str, meanings: dict[str, str]) -> str:
    """The nearest word by its name or by how its meaning begins."""
    choices = {name: name.replace("_", " ").lower() for name in meanings}
    choices |= {f"{name} ": text.split(".")[0].split(",")[0].lower() for name, text in meanings.items()}
    near = process.extractOne(value.replace("_", " ").lower(), choices, scorer=fuzz.WRatio, score_cutoff=NEAR)
    return f"{near[2].strip()}?" if near is not None else ""


def _date(value: str) -> str:
    if value.isdecimal() and 366 < int(value) <= _LAST_SERIAL and len(value) == 5:
        day = _SERIAL_ZERO + timedelta(days=int(value))
        return f"{day.isoformat()}, if it is the number of a day? Format the cells as dates."
    match = _WRITTEN_DATE.fullmatch(value)
    if match is None:
        return ""
    first, second, year = (int(part) for part in match.groups())
    found = [_day(year, second, first), _day(year, first, second)]
    days = list(dict.fromkeys(day for day in found if day))
    return f"{' or '.join(days)}?" if days else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
