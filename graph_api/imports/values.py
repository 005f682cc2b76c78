"""One value of one property: from what a table says to what is stored."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from enum import Enum

from graph_api.errors import InvalidDateError
from graph_api.imports.records import Raw
from graph_api.ontology import PartialDate, Precision
from graph_api.ontology.folding import fold
from graph_api.ontology.model import Property, ScalarType
from graph_api.values import Value

LIST_SEPARATOR = " ; "
"""Between the texts of a list in one cell."""

KEY_FORM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,119})", re.ASCII)
"""Keys stand in URLs, in cells with several keys and in the keys of edges: no space, no ``|``, no ``;``."""

_INT = re.compile(r"-?[0-9]+", re.ASCII)
_INT_LIMIT = 2**31
_TRUTH = {"true": True, "false": False}


class UnusableValueError(ValueError):
    """A value that its property cannot hold; the text says why."""


def stored(found: Property, raw: Raw) -> dict[str, Value]:
    """Everything that is stored for one value: itself, its folded copy, the bounds of a partial date.

    The names are always the same for a property, with None where there is nothing to store, so that
    storing them also takes away what an earlier version said. Raises ``UnusableValueError``.
    """
    value = None if raw is None or raw == "" else raw
    if value is None and found.type is ScalarType.STRINGS:
        value = ()
    if value is None:
        if found.required:
            raise UnusableValueError("a value is required")
        return dict.fromkeys(_names(found))
    if found.type is ScalarType.PARTIAL_DATE:
        return _partial_date(found, value)
    plain = _plain(found, value)
    folded = {found.folded: fold(plain)} if found.folded and isinstance(plain, str) else {}
    return {found.name: plain, **folded}


def check_key(key: str) -> str:
    """The key, when it has the form of one; raises ``UnusableValueError``."""
    if not KEY_FORM.fullmatch(key):
        raise UnusableValueError("a key is up to 120 letters, digits, dots, hyphens and underscores")
    return key


def _names(found: Property) -> tuple[str, ...]:
    if found.type is ScalarType.PARTIAL_DATE:
        return (found.name, found.first_day, found.last_day)
    return (found.name, found.folded) if found.folded else (found.name,)


def _partial_date(found: Property, raw: Raw) -> dict[str, Value]:
    when = raw if isinstance(raw, PartialDate) else _parse_date(raw)
    return {found.name: str(when), found.first_day: when.first_day, found.last_day: when.last_day}


def _plain(found: Property, raw: Raw) -> Value:
    match found.type:
        case ScalarType.STRING:
            return _text(raw)
        case ScalarType.STRINGS:
            return _texts(raw)
        case ScalarType.INT:
            return _int(raw)
        case ScalarType.FLOAT:
            return _float(raw)
        case ScalarType.BOOLEAN:
            return _boolean(raw)
        case ScalarType.DATE:
            return _day(raw)
        case ScalarType.ENUM:
            return _member(found.enum, raw)
        case ScalarType.PARTIAL_DATE:
            return str(_parse_date(raw))


def _text(raw: Raw) -> str:
    if not isinstance(raw, str):
        raise UnusableValueError("a text is expected")
    return raw


def _texts(raw: Raw) -> list[Value]:
    parts = raw.split(LIST_SEPARATOR) if isinstance(raw, str) else raw
    if not isinstance(parts, Sequence):
        raise UnusableValueError("a list of texts is expected")
    texts: list[Value] = [part.strip() for part in parts]
    if "" in texts:
        raise UnusableValueError("a text of the list is empty")
    return texts


def _int(raw: Raw) -> int:
    if isinstance(raw, str) and _INT.fullmatch(raw):
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise UnusableValueError("a whole number is expected")
    if not -_INT_LIMIT <= raw < _INT_LIMIT:
        raise UnusableValueError("the number has more than 32 bits")
    return raw


def _float(raw: Raw) -> float:
    try:
        number = float(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnusableValueError("a number is expected")
    return number


def _boolean(raw: Raw) -> bool:
    truth = _TRUTH.get(raw) if isinstance(raw, str) else raw
    if not isinstance(truth, bool):
        raise UnusableValueError("true or false is expected")
    return truth


def _day(raw: Raw) -> date:
    if isinstance(raw, date):
        return raw
    when = _parse_date(raw)
    if when.precision is not Precision.DAY:
        raise UnusableValueError("the date has to name a day")
    return when.first_day


def _parse_date(raw: Raw) -> PartialDate:
    try:
        return PartialDate.parse(raw if isinstance(raw, str) else "")
    except InvalidDateError as problem:
        raise UnusableValueError(" ".join((problem.message, problem.remedy)).strip()) from problem


def _member(vocabulary: type[Enum] | None, raw: Raw) -> str:
    if vocabulary is None:
        raise UnusableValueError("the property has no vocabulary")
    name = raw.name if isinstance(raw, vocabulary) else raw
    if not isinstance(name, str) or name not in vocabulary.__members__:
        raise UnusableValueError(f"expected one of {', '.join(vocabulary.__members__)}")
    return name
