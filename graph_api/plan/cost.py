"""What an answer can cost at most: the objects that it can hold, page sizes multiplied along each path.

A node or an edge counts 1, a ``totalCount`` counts ``COUNT_COST`` and ``groups`` count ``GROUPS_COST``,
each for every row that they stand in. A row of several possible kinds counts as its most expensive one.
The sizes are known only with a request's values, so the cost of a plan is a function of its parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from graph_api.plan.tree import (
    Connection,
    ConnectionColumn,
    ConnectionPart,
    EdgeColumn,
    EdgeList,
    EdgeNodeColumn,
    Groups,
    Listed,
    NodeColumn,
    NodeList,
    OneColumn,
    Projection,
    RootPlan,
    Single,
    SourcesColumn,
    TotalCount,
)
from graph_api.values import Value

COUNT_COST = 10
"""Counting reads more than it returns."""
GROUPS_COST = 1000
"""Grouping reads every node of its list."""
SOURCES = 2
"""The sources that a fact usually names; how many is not bounded by a page."""

Cost: TypeAlias = Callable[[Mapping[str, Value]], int]


def cost_of(plan: RootPlan) -> Cost:
    """The cost of a plan, as a function of the values of its statement's parameters."""
    match plan.selection:
        case Single(_, projection):
            return _plus(1, [_projection(projection)])
        case Listed(source, projection):
            row = _plus(1, [_projection(projection)])
            return lambda values: len(cast("Sequence[Value]", values[source.keys.name])) * row(values)
        case Connection() as connection:
            return _connection(connection)


def _connection(connection: Connection) -> Cost:
    fixed = sum(map(_part_cost, connection.parts))
    lists = [each for part in connection.parts for each in _lists(part)]
    if not lists:
        return _plus(fixed, [])
    row = _plus(len(lists), lists)
    limit = connection.page.limit.name
    # The limit is one more than the page, to see whether more rows follow.
    return lambda values: fixed + (cast(int, values[limit]) - 1) * row(values)


def _part_cost(part: ConnectionPart) -> int:
    match part:
        case TotalCount():
            return COUNT_COST
        case Groups():
            return GROUPS_COST
        case _:
            return 0


def _lists(part: ConnectionPart) -> list[Cost]:
    match part:
        case EdgeList(_, _, columns):
            return [_columns(columns)]
        case NodeList(_, projection):
            return [_projection(projection)]
        case _:
            return []


def _projection(projection: Projection) -> Cost:
    kinds = [_columns(columns) for _, columns in projection.by_kind]
    if len(kinds) == 1:
        return kinds[0]
    return lambda values: max((kind(values) for kind in kinds), default=0)


def _columns(columns: Sequence[NodeColumn | EdgeColumn]) -> Cost:
    fixed = 0
    varying: list[Cost] = []
    for column in columns:
        match column:
            case ConnectionColumn(_, connection):
                varying.append(_connection(connection))
            case OneColumn(_, _, projection) | EdgeNodeColumn(_, projection):
                fixed += 1
                varying.append(_projection(projection))
            case SourcesColumn():
                fixed += SOURCES
            case _:
                pass
    return _plus(fixed, varying)


def _plus(fixed: int, varying: Sequence[Cost]) -> Cost:
    """A fixed cost and those that depend on values; the fixed ones among them are added up now."""
    moving = [each for each in varying if not isinstance(each, _Fixed)]
    fixed += sum(each.cost for each in varying if isinstance(each, _Fixed))
    if not moving:
        return _Fixed(fixed)
    if len(moving) == 1:
        only = moving[0]
        return lambda values: fixed + only(values)
    return lambda values: fixed + sum(each(values) for each in moving)


class _Fixed:
    """A cost that no value changes."""

    def __init__(self, cost: int) -> None:
        self.cost = cost

    def __call__(self, _values: Mapping[str, Value]) -> int:
        return self.cost
