"""Any answer as rows: what a table on a terminal, a CSV file and a sheet have in common.

A row is a node of the first list in the answer. Single nodes below it become columns with dotted
names; lists below it become one cell, their items separated by semicolons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

Cell: TypeAlias = str | int | float | bool | list[str] | None


def rows_of(data: Mapping[str, object]) -> list[dict[str, Cell]]:
    """The rows of an answer, each with its cells by column."""
    return [dict(_cells("", item)) for item in _items(data)]


def columns_of(rows: list[dict[str, Cell]]) -> list[str]:
    """The columns of all rows, in the order in which they are met."""
    named = list(dict.fromkeys(column for row in rows for column in row))
    # A node that is missing in one row leaves its bare name beside the columns of the others.
    return [column for column in named if not any(other.startswith(f"{column}.") for other in named)]


def text_of(cell: Cell) -> str:
    """A cell as text; nothing is the empty text."""
    if cell is None:
        return ""
    if isinstance(cell, list):
        return "; ".join(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def total_of(data: Mapping[str, object]) -> int | None:
    """How many rows there are on all pages, where the answer says it."""
    for value in data.values():
        if isinstance(value, Mapping) and isinstance(value.get("totalCount"), int):
            return cast(int, value["totalCount"])
    return None


def sources_in(value: object) -> Iterator[str]:
    """The keys of all sources that an answer names, wherever they stand."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name == "sources" and isinstance(member, list):
                yield from (
                    str(each["key"]) for each in member if isinstance(each, Mapping) and "key" in each
                )
            yield from sources_in(member)
    elif isinstance(value, list):
        for item in value:
            yield from sources_in(item)


def _items(data: Mapping[str, object]) -> list[object]:
    """The rows: of the first root field that is a connection or a list, or that holds one."""
    for value in data.values():
        found = _list_in(value)
        if found is not None:
            return found
    return [value for value in data.values() if value is not None]


def _list_in(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        for name in ("edges", "nodes"):
            if isinstance(value.get(name), list):
                return cast("list[object]", value[name])
    return None


def _cells(prefix: str, value: object) -> Iterator[tuple[str, Cell]]:
    if not isinstance(value, Mapping):
        yield prefix, cast(Cell, value)
        return
    for name, member in value.items():
        column = prefix if name == "node" else f"{prefix}.{name}" if prefix else name
        listed = _list_in(member)
        if listed is not None:
            yield column, [_line(item) for item in listed]
        elif isinstance(member, Mapping):
            yield from _cells(column, member)
        elif name not in ("__typename", "cursor"):
            yield column, cast(Cell, member)


def _line(item: object) -> str:
    """An item of a list in one cell: its values, separated by commas."""
    return ", ".join(text for _, cell in _cells("", item) if (text := text_of(cell)))
