"""From the arguments of a table to one statement that reads its lines and its counts.

The parts are plans like those of questions, with the same filters, the viewer's rights and the day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from graph_api.coverage.declare import Axis, Counted, EnumLines, NodeLines
from graph_api.coverage.table import CoverageTable, Line, Place, lines_of
from graph_api.cypher.groups import grouped
from graph_api.cypher.names import Scope, Variables, labels
from graph_api.cypher.predicates import predicate, set_name
from graph_api.cypher.render import kept_after, prologue, unknown_keys
from graph_api.cypher.rows import connection
from graph_api.errors import InvalidArgumentError, LimitExceededError, UnknownKeyError
from graph_api.ontology.model import NodeType, Property
from graph_api.plan.as_of import as_of
from graph_api.plan.bindings import Bindings
from graph_api.plan.computed import bind_computed
from graph_api.plan.convert import keys as read_keys
from graph_api.plan.convert import plain
from graph_api.plan.given import Given, GivenTree
from graph_api.plan.policy import Policy
from graph_api.plan.redirects import Redirects
from graph_api.plan.root import PlannedField
from graph_api.plan.tree import (
    ALWAYS,
    And,
    Column,
    Compare,
    Connection,
    ConnectionColumn,
    Groups,
    Holder,
    NodeList,
    Operator,
    OrderKey,
    Page,
    Parameter,
    Predicate,
    Projection,
    PropertyAxis,
    RelationAxis,
    RootPlan,
    Scan,
    Stored,
    Traverse,
)
from graph_api.plan.where import WhereCompiler

MOST_LINES = 1000
"""Rows or columns of a table; there are more places than this in no scheme."""
MOST_CELLS = 50_000
"""Rows times columns; every cell of a table can be a gap."""
_MOST_ABOVE = 100
"""What directly contains one line."""


@dataclass(frozen=True, slots=True)
class AskedAxis:
    """One axis as it was asked for: within which keys, and which level of a hierarchy."""

    argument: str
    axis: Axis
    by: Given
    within: Given | None
    level: int | None


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A table as it was asked for."""

    counted: Counted
    rows: AskedAxis
    columns: AskedAxis
    where: GivenTree | None
    day: Given | None
    compared: Given | None


@dataclass(slots=True)
class TableCompiler:
    """Makes the statement of one table, and the table of its row."""

    asked: AskedTable
    bindings: Bindings
    policy: Policy
    where: WhereCompiler = field(init=False)

    def __post_init__(self) -> None:
        self.where = WhereCompiler(self.policy.ontology, self.bindings, self.policy)

    def planned(self) -> tuple[str, PlannedField]:
        """The text, and the plan of what it counts with the sets that it resolves."""
        lists = [self._lines(each) for each in (self.asked.rows, self.asked.columns)]
        counts = self._counts()
        plan = self.policy.applied(RootPlan(counts, tuple(self.where.sets)))
        counts = cast(Connection, plan.selection)
        days = [self.asked.day, *([self.asked.compared] if self.asked.compared else [])]
        tables = [_on(counts, day, self.bindings) for day in days]
        variables = Variables(tuple(set_name(each.index) for each in plan.sets))
        text = prologue(plan.sets, variables)
        kept = kept_after(plan.sets)
        names = [f"z{index}" for index in range(len(tables))]
        columns = [f"{_table(each, variables)} AS {name}" for each, name in zip(tables, names, strict=True)]
        text += f"WITH {', '.join([*kept, *columns])} "
        shown = [_list(self.policy.applied(each), variables) if each else "[]" for each in lists]
        values = f"[{', '.join([*shown, *names])}] AS row"
        text += f"RETURN {', '.join([values, *unknown_keys(plan.sets)])}"
        bind_computed(self.bindings, *tables)
        return text, PlannedField(plan, self.bindings.frozen(), tuple(self.bindings.conditions))

    def table(self, row: Sequence[object]) -> CoverageTable:
        """The table of the statement's row; raises ``LimitExceededError`` for one that is too large."""
        lines = cast("list[list[list[object]]]", row)
        rows, columns = (
            _lines_read(asked, found, self.bindings.redirects)
            for asked, found in zip((self.asked.rows, self.asked.columns), lines, strict=False)
        )
        if len(rows) * len(columns) > MOST_CELLS:
            raise LimitExceededError(
                f"The table has {len(rows)} rows and {len(columns)} columns, more than {MOST_CELLS:,} cells.",
                remedy="Ask within fewer places, or for one level.",
                limit=MOST_CELLS,
                argument="rows",
                value=len(rows) * len(columns),
            )
        counts = [self._counted(found, rows, columns) for found in lines[2:]]
        return CoverageTable(rows, columns, counts[0], counts[1] if len(counts) > 1 else None)

    def _counted(
        self, found: list[list[object]], rows: Sequence[Line], columns: Sequence[Line]
    ) -> Mapping[Place, int]:
        """The counts of the cells of the table; groups hold what else contains them too."""
        known = {line.key for line in rows}, {line.key for line in columns}
        counts: dict[Place, int] = {}
        for first, second, count in found:
            row, column = _key(self.asked.rows.axis, first), _key(self.asked.columns.axis, second)
            if row in known[0] and column in known[1]:
                counts[row, column] = cast(int, count)
        return counts

    def _counts(self) -> Connection:
        kind = self.asked.counted.kind
        axes = tuple(self._grouping(asked.axis) for asked in (self.asked.rows, self.asked.columns))
        found = self.where.kind(kind, self.asked.where)
        return _connection(kind, found, _constant(self.bindings, 1), Groups("groups", axes, ()))

    def _grouping(self, axis: Axis) -> PropertyAxis | RelationAxis:
        if isinstance(axis.lines, EnumLines):
            self.policy.check(axis.lines.found)
            return PropertyAxis(_stored(axis.lines.found))
        return RelationAxis(Traverse(axis.lines.relation, axis.lines.target), axis.lines.rolled)

    def _lines(self, asked: AskedAxis) -> Connection | None:
        """The list of the nodes that are lines; nothing for an enum, whose members are known."""
        lines = asked.axis.lines
        if isinstance(lines, EnumLines):
            return None
        parts: list[Predicate] = [
            Compare(_stored(found), Operator.EQUAL, _constant(self.bindings, member))
            for found, member in lines.only
        ]
        if asked.within is not None:
            parts.append(self._within(lines, asked.within))
        columns = [Column("key", _stored(lines.kind.key), lines.kind.key)]
        above = self._above(lines)
        projection = Projection(((lines.kind, (*columns, *above)),), tagged=False)
        limit = _constant(self.bindings, MOST_LINES + 1)
        return _connection(lines.kind, And(tuple(parts)), limit, NodeList("nodes", projection))

    def _above(self, lines: NodeLines) -> tuple[ConnectionColumn, ...]:
        """The keys of what directly contains a line."""
        if lines.above is None:
            return ()
        target = self.policy.ontology.node(lines.above.target)
        columns = (Column("key", _stored(target.key), target.key),)
        limit = _constant(self.bindings, _MOST_ABOVE)
        part = NodeList("nodes", Projection(((target, columns),), tagged=False))
        found = replace(_connection(target, ALWAYS, limit, part), source=Traverse(lines.above, target))
        return (ConnectionColumn("above", found),)

    def _within(self, lines: NodeLines, given: Given) -> Predicate:
        if lines.kind.hierarchy is not None:
            return self.where.kind(lines.kind, {"within": given})
        parameter = self.bindings.bind_key(given, read_keys, lines.kind.name)
        return Compare(_stored(lines.kind.key), Operator.IN, parameter)


def _on(found: Connection, day: Given | None, bindings: Bindings) -> Connection:
    if day is None or day.value is None:
        return found
    return as_of(found, bindings.bind(day, plain))


def _table(found: Connection, variables: Variables) -> str:
    (groups,) = found.parts
    kind = cast(Scan, found.source).kind
    scope = Scope(variables.new("n"))
    condition = predicate(found.predicate, scope, variables)
    match = f"MATCH ({scope.node}:{labels(kind)})"
    return grouped(match, [condition], scope, cast(Groups, groups).axes, variables)


def _list(found: Connection, variables: Variables) -> str:
    return connection(found, Scope("none"), variables)


def _connection(kind: NodeType, found: Predicate, limit: Parameter, part: Groups | NodeList) -> Connection:
    key = OrderKey(_stored(kind.key), descending=False)
    return Connection(kind.name, Scan(kind), found, Page((key,), limit, None), (part,), "", False)


def _stored(found: Property) -> Stored:
    return Stored(Holder.NODE, found.name, nullable=not found.required)


def _constant(bindings: Bindings, value: int | str) -> Parameter:
    return bindings.bind(Given(value, _always(value)), plain)


def _always(value: int | str) -> Callable[[object], object]:
    return lambda _: value


def _key(axis: Axis, value: object) -> str:
    prefix = axis.lines.prefix if isinstance(axis.lines, NodeLines) else ""
    return str(value).removeprefix(prefix)


def _lines_read(asked: AskedAxis, found: list[list[object]], redirects: Redirects) -> tuple[Line, ...]:
    """The lines of an axis; raises ``InvalidArgumentError`` and ``LimitExceededError``."""
    lines = asked.axis.lines
    if isinstance(lines, EnumLines):
        return _members(asked, lines)
    if len(found) > MOST_LINES:
        raise LimitExceededError(
            f"{asked.axis.name} has more than {MOST_LINES} lines.",
            remedy="Ask within fewer.",
            limit=MOST_LINES,
            argument=asked.argument,
        )
    parents = {str(row[0]): _above_read(row) for row in found}
    if lines.kind.hierarchy is None and asked.within is not None:
        _check_known(asked, lines.kind.name, parents, redirects)
    return lines_of(parents, asked.level)


def _check_known(asked: AskedAxis, kind: str, found: Collection[str], redirects: Redirects) -> None:
    """Raise ``UnknownKeyError`` for a key that no line has; statements find those of hierarchies."""
    for key in map(str, read_keys(cast(Given, asked.within).value)):
        if redirects.key(kind, key) not in found:
            raise UnknownKeyError(
                f"{asked.axis.name} has no '{key[:80]}'.",
                remedy="Ask for the keys of the kind first, or correct the spelling.",
                argument=f"{asked.argument}.within",
                value=key[:80],
            )


def _above_read(row: list[object]) -> list[str]:
    above = cast("list[list[object]]", row[1]) if len(row) > 1 else []
    return [str(each[0]) for each in above]


def _members(asked: AskedAxis, lines: EnumLines) -> tuple[Line, ...]:
    names = [member.name for member in lines.found.enum or ()]
    if asked.within is None:
        return tuple(map(Line, names)) if not asked.level else ()
    wanted = [str(key) for key in read_keys(asked.within.value)]
    for key in wanted:
        if key not in names:
            raise InvalidArgumentError(
                f"{asked.axis.name} has no '{key[:80]}'.",
                remedy=f"There are: {', '.join(names)}.",
                argument=f"{asked.argument}.within",
                value=key[:80],
            )
    return tuple(Line(name) for name in names if name in wanted)
