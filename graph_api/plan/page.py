"""From ``first``, ``after``, ``last`` and ``before`` to a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from graph_api.errors import InvalidPageError
from graph_api.plan.bindings import Bindings
from graph_api.plan.cursor import damaged, decode_cursor, null_pattern
from graph_api.plan.given import Given, GivenTree
from graph_api.plan.order import holds_days
from graph_api.plan.tree import After, OrderKey, Page, Parameter
from graph_api.values import Value

DEFAULT_PAGE = 100
"""Rows when a request does not say how many: enough for a screen, small enough to nest."""


def page_of(
    order: tuple[OrderKey, ...],
    signature: str,
    given: Mapping[str, GivenTree],
    bindings: Bindings,
    most: int,
) -> Page:
    """The page that the arguments ask for, of ``most`` rows at most.

    Raises ``InvalidPageError`` when both ends are asked for, or a number is negative or too large,
    and ``InvalidCursorError`` for a cursor that does not belong here.
    """
    backward = _is_given(given, "last") or (_is_given(given, "before") and not _is_given(given, "first"))
    size_name, cursor_name = ("last", "before") if backward else ("first", "after")
    _check_direction(given, size_name, cursor_name)
    size = given.get(size_name)
    limit = bindings.bind(
        size if isinstance(size, Given) else Given(None, lambda _: None),
        lambda value: _limit(value, size_name, most),
    )
    effective = tuple(map(_reversed, order)) if backward else order
    after = None
    if _is_given(given, cursor_name):
        after = _after(effective, signature, cast(Given, given[cursor_name]), cursor_name, bindings)
    return Page(effective, limit, after, backward)


def _check_direction(given: Mapping[str, GivenTree], *same: str) -> None:
    beside = next((name for name in same if _is_given(given, name)), "")
    for other in ("first", "after", "last", "before"):
        if other not in same and _is_given(given, other):
            raise InvalidPageError(
                f"A page has one direction: '{other}' cannot stand beside '{beside}'.",
                argument=other,
                value=cast("str | int", cast(Given, given[other]).value),
            )


def _reversed(key: OrderKey) -> OrderKey:
    return OrderKey(key.operand, not key.descending, nulls_first=True)


def _is_given(given: Mapping[str, GivenTree], name: str) -> bool:
    found = given.get(name)
    return isinstance(found, Given) and found.value is not None


def _limit(value: object, argument: str, most: int) -> int:
    size = min(DEFAULT_PAGE, most) if value is None else cast(int, value)
    if not 0 <= size <= most:
        raise InvalidPageError(
            f"'{argument}' is {size}; a page has 0 to {most} rows.",
            argument=argument,
            value=size,
            limit=most,
        )
    return size + 1


def _after(
    order: tuple[OrderKey, ...], signature: str, cursor: Given, argument: str, bindings: Bindings
) -> After:
    values = _values(order, signature, cursor.value, argument)
    bindings.depends_on(cursor, null_pattern)

    def read(index: int) -> Callable[[object], Value]:
        return lambda value: _values(order, signature, value, argument)[index]

    parameters: list[Parameter | None] = [
        None if value is None else bindings.bind(cursor, read(index)) for index, value in enumerate(values)
    ]
    return After(order, tuple(parameters))


def _values(order: tuple[OrderKey, ...], signature: str, cursor: object, argument: str) -> list[Value]:
    """The values of a cursor; days come as texts and are compared as days."""
    values = decode_cursor(cursor, signature, len(order), argument)
    return [
        _day(value, argument) if value is not None and holds_days(key.operand) else value
        for key, value in zip(order, values, strict=True)
    ]


def _day(value: Value, argument: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as problem:
        raise damaged(str(value), argument) from problem
