"""How the root field ``coverage`` is answered: one statement counts, the lists behind cells are compiled."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from graphql import GraphQLFieldResolver, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetails

from graph_api.api_types.build import Resolvers
from graph_api.coverage.compile import AskedAxis, AskedTable, TableCompiler
from graph_api.coverage.declare import Counted, Coverage, EnumLines
from graph_api.coverage.drill import plan_cell, with_cell
from graph_api.coverage.table import Cell, CoverageTable, Line
from graph_api.cypher.statement import Statement
from graph_api.errors import DatabaseError, InvalidArgumentError, LimitExceededError
from graph_api.plan.bindings import Bindings
from graph_api.plan.convert import plain
from graph_api.plan.cost import GROUPS_COST
from graph_api.plan.entities import EntityRef
from graph_api.plan.given import Given, GivenTree, given_arguments
from graph_api.plan.root import give_level, policy_of
from graph_api.plan.sight import Sight
from graph_api.serve.execution.computed_values import computed_for
from graph_api.serve.execution.context import (
    COST,
    EXECUTION,
    ROLE,
    RUNTIME,
    PlannedExecutionContext,
    check_cost,
)
from graph_api.serve.execution.entities import fetched
from graph_api.serve.fields.coverage_types import CELL, MATRIX
from graph_api.shape.records import Record, refuse_unknown_keys, shape_root

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

Info: TypeAlias = "GraphQLResolveInfo[dict[str, object]]"
MOST_LISTS = 200
"""Cells of one table whose lists are read: each is a statement of its own."""
_AT_ONCE = 4
"""Lists of one table that are read at once, so that one request does not take all connections."""
DEFAULT_THRESHOLD = 1


@dataclass(slots=True)
class _Answered:
    """A table that was counted, and how it was asked for."""

    asked: AskedTable
    table: CoverageTable
    lists: int = 0
    lane: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    def axis(self, name: str) -> tuple[AskedAxis, Sequence[Line]]:
        """The axis of the rows or of the columns, and its lines."""
        if name == "row":
            return self.asked.rows, self.table.rows
        return self.asked.columns, self.table.columns


@dataclass(frozen=True, slots=True)
class _CellOf:
    """A cell of a table."""

    of: _Answered
    cell: Cell


def coverage_resolvers(coverage: Coverage) -> Resolvers:
    """How the fields of the table are answered."""
    found: dict[tuple[str, str], GraphQLFieldResolver] = {
        ("Query", "coverage"): _counts(coverage),
        (MATRIX, "rowKeys"): lambda source, _info: _keys(source, "row"),
        (MATRIX, "columnKeys"): lambda source, _info: _keys(source, "column"),
        (MATRIX, "rows"): lambda source, info: _lines(source, info, "row"),
        (MATRIX, "columns"): lambda source, info: _lines(source, info, "column"),
        (MATRIX, "cells"): _cells,
        (MATRIX, "gaps"): _gaps,
        (CELL, "rowKey"): lambda source, _info: source.cell.row,
        (CELL, "columnKey"): lambda source, _info: source.cell.column,
        (CELL, "row"): lambda source, info: _line(source, info, "row", source.cell.row),
        (CELL, "column"): lambda source, info: _line(source, info, "column", source.cell.column),
        (CELL, "count"): lambda source, _info: source.cell.count,
        (CELL, "compared"): lambda source, _info: source.cell.compared,
    }
    return {**found, **{(CELL, each.kind.plural): _list_of(each) for each in coverage.counted}}


def _counts(coverage: Coverage) -> GraphQLFieldResolver:
    async def resolve(_source: object, info: Info, **_arguments: object) -> _Answered:
        execution = _execution(info)
        variables = execution.variable_values.coerced
        root = info.parent_type.fields[info.field_name]
        asked = _asked(coverage, given_arguments(root, info.field_nodes[0], variables))
        _charge(info, GROUPS_COST * (1 if asked.compared is None else 2))
        runtime, sight = _looked_through(info)
        bindings = Bindings(sight.redirects)
        give_level(bindings, sight)
        compiler = TableCompiler(asked, bindings, policy_of(runtime.vocabulary, sight))
        text, planned = compiler.planned()
        role = sight.visibility.role
        filled = await computed_for(runtime, role, planned, variables) if planned.computed else variables
        statement = Statement(text, planned.parameters(filled, sight.redirects), plain=True)
        row = await _row(runtime, statement)
        refuse_unknown_keys(planned.unknown(row[1:], variables, sight.redirects))
        return _Answered(asked, compiler.table(cast("list[object]", row[0])))

    return resolve


def _asked(coverage: Coverage, given: Mapping[str, GivenTree]) -> AskedTable:
    """What the arguments ask for; raises ``InvalidArgumentError``."""
    rows, columns = (cast("dict[str, Given]", given[name]) for name in ("rows", "columns"))
    names = [str(plain(each["by"].value)) for each in (rows, columns)]
    counted = coverage.counted_by(names[0], names[1])
    where = given.get("where")
    if isinstance(where, Given) and where.value is None:
        where = None
    if where is not None and counted is not coverage.counted[0]:
        raise InvalidArgumentError(
            f"'where' is about {coverage.counted[0].kind.plural}; this table counts {counted.kind.plural}.",
            argument="where",
        )
    day, compared = _day(given, "asOf"), _day(given, "compareTo")
    if compared is not None and day is None:
        raise InvalidArgumentError("'compareTo' needs 'asOf', the day to compare.", argument="compareTo")
    axes = [
        _asked_axis(counted, argument, name, given_axis)
        for argument, name, given_axis in zip(("rows", "columns"), names, (rows, columns), strict=True)
    ]
    return AskedTable(counted, axes[0], axes[1], where, day, compared)


def _asked_axis(counted: Counted, argument: str, name: str, given: Mapping[str, Given]) -> AskedAxis:
    within, level = given.get("within"), given.get("level")
    steps = cast("int | None", level.value) if level else None
    if steps is not None and steps < 0:
        raise InvalidArgumentError(
            f"'level' is {steps}; 0 is the widest.", argument=f"{argument}.level", value=steps
        )
    if within is not None and within.value is None:
        within = None
    return AskedAxis(argument, counted.axes[name], given["by"], within, steps)


def _day(given: Mapping[str, GivenTree], name: str) -> Given | None:
    found = given.get(name)
    return found if isinstance(found, Given) and found.value is not None else None


def _keys(answered: _Answered, axis: str) -> list[str]:
    return [line.key for line in answered.axis(axis)[1]]


async def _lines(answered: _Answered, info: Info, axis: str) -> Sequence[Record | None]:
    asked, lines = answered.axis(axis)
    return await _nodes(asked, [line.key for line in lines], info)


async def _line(cell: _CellOf, info: Info, axis: str, key: str) -> Record | None:
    return (await _nodes(cell.of.axis(axis)[0], [key], info))[0]


async def _nodes(asked: AskedAxis, keys: Sequence[str], info: Info) -> Sequence[Record | None]:
    lines = asked.axis.lines
    if isinstance(lines, EnumLines):
        return [None] * len(keys)
    return await fetched(info, [EntityRef(lines.kind.name, key) for key in keys])


def _cells(answered: _Answered, info: Info, minimum: int | None = None) -> list[_CellOf]:
    return _shown(answered, info, list(answered.table.cells(minimum)))


def _gaps(answered: _Answered, info: Info, threshold: int | None = None) -> list[_CellOf]:
    least = DEFAULT_THRESHOLD if threshold is None else threshold
    return _shown(answered, info, list(answered.table.gaps(least)))


def _shown(answered: _Answered, info: Info, cells: list[Cell]) -> list[_CellOf]:
    _charge(info, len(cells))
    return [_CellOf(answered, cell) for cell in cells]


def _list_of(counted: Counted) -> GraphQLFieldResolver:
    async def resolve(source: _CellOf, info: Info, **_arguments: object) -> object:
        answered = source.of
        if answered.asked.counted.kind.name != counted.kind.name:
            return None
        answered.lists += 1
        if answered.lists > MOST_LISTS:
            raise LimitExceededError(
                f"More than {MOST_LISTS} cells of one table are asked for what they count.",
                remedy="Ask for the counts first, then for the lists of fewer cells.",
                limit=MOST_LISTS,
            )
        async with answered.lane:
            return await _list(answered.asked, source.cell, info)

    return resolve


async def _list(asked: AskedTable, cell: Cell, info: Info) -> object:
    execution = _execution(info)
    runtime, sight = _looked_through(info)
    vocabulary, variables = runtime.vocabulary, execution.variable_values.coerced
    place = ".".join(str(step) for step in info.path.as_list() if isinstance(step, str))
    details = [FieldDetails(node, None) for node in info.field_nodes]
    root = info.parent_type.fields[info.field_name]
    compiled = runtime.plans.field(
        execution.operation,
        place,
        variables,
        sight,
        lambda: plan_cell(vocabulary, execution, variables, root, details, sight, asked),
    )
    here = with_cell(variables, cell)
    if compiled.planned.computed:
        here = await computed_for(runtime, sight.visibility.role, compiled.planned, here)
    statement = compiled.statement(here, sight.redirects)
    _charge(info, compiled.cost(statement.parameters))
    row = await _row(runtime, statement)
    refuse_unknown_keys(compiled.planned.unknown(row[1:], here, sight.redirects))
    return shape_root(compiled.planned.plan, row[0], statement.parameters)


async def _row(runtime: Runtime, statement: Statement) -> Sequence[object]:
    rows = await runtime.store.read(statement)
    if len(rows) != 1:
        raise DatabaseError(f"The database gave {len(rows)} rows where a statement gives one.")
    return rows[0]


def _charge(info: Info, cost: int) -> None:
    """Add to what the operation costs; raises ``GraphQLError`` when that is too much."""
    runtime = cast("Runtime", info.context[RUNTIME])
    total = cast(int, info.context.get(COST, 0)) + cost
    info.context[COST] = total
    check_cost(total, runtime.max_cost)


def _execution(info: Info) -> PlannedExecutionContext:
    return cast("PlannedExecutionContext", info.context[EXECUTION])


def _looked_through(info: Info) -> tuple[Runtime, Sight]:
    runtime = cast("Runtime", info.context[RUNTIME])
    role = cast(str, info.context.get(ROLE, runtime.vocabulary.ontology.public))
    return runtime, runtime.sight(role)
