"""Checks of stored values, as expressions of the generated shapers.

A check accepts exactly what graphql-core would give back unchanged; for anything else the shaper
gives up and graphql-core completes the row, with its own conversions and errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from graph_api.ontology.model import DerivedProperty, Property, ScalarType
from graph_api.ontology.partial_date import PartialDate

_TEXTS_REMEMBERED = 8192
"""Partial dates repeat: a few thousand cover every day that a graph of some decades holds."""


class UnexpectedValueError(Exception):
    """A value that the shaper does not give back by itself."""


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def partial_date(text: str) -> str:
    """The text, when it is a partial date; raises ``InvalidDateError`` otherwise."""
    return str(PartialDate.parse(text))


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def day(text: str) -> str:
    """The text, when it is a day; raises ``ValueError`` otherwise."""
    return date.fromisoformat(text).isoformat()


def derived_value(found: DerivedProperty, values: list[object]) -> object:
    """What a derived property computes; days come as texts and are given as days."""
    given = [
        date.fromisoformat(str(value)) if read.type is ScalarType.DATE and value is not None else value
        for read, value in zip(found.reads, values, strict=True)
    ]
    computed = found.compute(*given)
    return computed.isoformat() if isinstance(computed, date) else computed


def texts(value: object) -> list[str]:
    """A list of texts; raises ``UnexpectedValueError`` for anything else."""
    if type(value) is not list:
        raise UnexpectedValueError
    for each in value:
        if type(each) is not str:
            raise UnexpectedValueError
    return value


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "partial_date": partial_date,
    "day": day,
    "texts": texts,
    "derived_value": derived_value,
}
"""The names that generated expressions call."""

_REFUSALS = {
    ScalarType.STRING: "type({0}) is not str",
    ScalarType.INT: "type({0}) is not int or not -2147483648 <= {0} <= 2147483647",
    ScalarType.FLOAT: "type({0}) is not float or {0} - {0} != 0.0",
    ScalarType.BOOLEAN: "type({0}) is not bool",
}
_CONVERSIONS = {
    ScalarType.PARTIAL_DATE: "partial_date({0})",
    ScalarType.DATE: "day({0})",
    ScalarType.STRINGS: "texts({0})",
}


def refusal(found: Property | DerivedProperty, variable: str, enum_name: str) -> str | None:
    """The condition under which the shaper gives up, or nothing when the conversion checks."""
    if found.type is ScalarType.ENUM:
        return f"{variable} not in {enum_name}"
    pattern = _REFUSALS.get(found.type)
    return pattern.format(variable) if pattern else None


def refused_number(variable: str) -> str:
    """The condition under which a count is none that GraphQL's ``Int`` can hold."""
    return _REFUSALS[ScalarType.INT].format(variable)


def conversion(found: Property | DerivedProperty, variable: str) -> str:
    """The expression of the value in the response."""
    return _CONVERSIONS.get(found.type, "{0}").format(variable)


def enum_values(enum: type[Enum]) -> frozenset[str]:
    """The names that an enum's property may hold."""
    return frozenset(enum.__members__)
