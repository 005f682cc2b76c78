"""From coerced GraphQL values to the values that parameters carry."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import cast

from graph_api.errors import InvalidArgumentError
from graph_api.ontology.folding import fold
from graph_api.ontology.partial_date import PartialDate, Precision
from graph_api.values import Value

_PRECISION_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def plain(value: object) -> Value:
    """A scalar, an enum (by name) or a list of them, as stored."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, PartialDate):
        return str(value)
    return cast(Value, value)


def different(value: object) -> list[Value]:
    """The different ones of a list of scalars; a single one is a list of one."""
    found = plain(value)
    return list(dict.fromkeys(found if isinstance(found, list) else [found]))


def folded(value: object) -> Value:
    """A text as it is compared: without case and accents."""
    return fold(str(value))


def first_day(value: object) -> date:
    """The first day that a partial date can mean."""
    return cast(PartialDate, value).first_day


def last_day(value: object) -> date:
    """The last day that a partial date can mean."""
    return cast(PartialDate, value).last_day


def precision_length(value: object) -> int:
    """How long the text of a date with this precision is."""
    return _PRECISION_LENGTHS[Precision[str(plain(value))]]


def keys(value: object) -> list[Value]:
    """A list of keys; a single key is a list of one. Raises ``InvalidArgumentError`` on an empty key."""
    found = [plain(item) for item in value] if isinstance(value, list) else [plain(value)]
    for key in found:
        if not key:
            raise InvalidArgumentError("A key cannot be empty.", argument="within", value=str(key))
    return found
