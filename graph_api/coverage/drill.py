"""The list behind a cell: what is counted there, as a connection like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graphql import GraphQLField, get_named_type
from graphql.execution.collect_fields import FieldDetails

from graph_api.coverage.compile import AskedTable
from graph_api.coverage.declare import Axis, EnumLines
from graph_api.coverage.table import Cell
from graph_api.plan.as_of import as_of
from graph_api.plan.bindings import Bindings
from graph_api.plan.convert import keys as read_keys
from graph_api.plan.convert import plain
from graph_api.plan.drivers import with_drivers
from graph_api.plan.given import Given, Variables
from graph_api.plan.root import PlannedField, bind_level, policy_of
from graph_api.plan.selection import FieldCollector, SelectionCompiler
from graph_api.plan.sight import Sight
from graph_api.plan.tree import (
    And,
    Compare,
    HierarchySet,
    Holder,
    InSet,
    OfKind,
    Operator,
    Predicate,
    Quantified,
    Quantifier,
    RootPlan,
    Stored,
    Traverse,
)
from graph_api.plan.vocabulary import Vocabulary
from graph_api.plan.where import WhereCompiler

_ROW, _COLUMN = "__row", "__column"
"""No variable of a document can have these names: GraphQL reserves them (specification, 2.3.1)."""


def with_cell(variables: Variables, cell: Cell) -> Variables:
    """The variables of a request with the cell that ``plan_cell`` left open."""
    return {**variables, _ROW: cell.row, _COLUMN: cell.column}


def plan_cell(
    vocabulary: Vocabulary,
    collector: FieldCollector,
    variables: Variables,
    field: GraphQLField,
    details: Sequence[FieldDetails],
    sight: Sight,
    asked: AskedTable,
) -> PlannedField:
    """Plan the list behind a cell of a table; ``with_cell`` says later behind which.

    Raises ``InvalidArgumentError`` for arguments outside their rules.
    """
    bindings = Bindings(sight.redirects)
    policy = policy_of(vocabulary, sight)
    where = WhereCompiler(vocabulary.ontology, bindings, policy)
    compiler = SelectionCompiler(vocabulary, collector, variables, bindings, where)
    for axis in (asked.rows, asked.columns):
        bindings.depends_on(axis.by, lambda value: str(plain(value)))
    listed = list(details)
    given = compiler.arguments(field, listed[0])
    if asked.where is not None:
        given["where"] = asked.where
    type_name = get_named_type(field.type).name
    found = compiler.root_connection(asked.counted.kind, given, type_name, listed)
    belongs = (_belongs(asked.rows.axis, _ROW, where), _belongs(asked.columns.axis, _COLUMN, where))
    found = replace(found, predicate=And((found.predicate, *belongs)))
    plan = with_drivers(policy.applied(RootPlan(found, tuple(where.sets))))
    if asked.day is not None and asked.day.value is not None:
        plan = as_of(plan, bindings.bind(asked.day, plain))
    bind_level(bindings, plan, sight)
    return PlannedField(plan, bindings.frozen(), tuple(bindings.conditions))


def _belongs(axis: Axis, name: str, where: WhereCompiler) -> Predicate:
    """That a node is counted in the line whose key the variable ``name`` holds."""
    given = Given("?", lambda variables: variables[name])
    lines = axis.lines
    if isinstance(lines, EnumLines):
        return _equal(lines.found.name, given, where)
    if lines.rolled is not None:
        keys = where.bindings.bind(given, read_keys)
        index = len(where.sets)
        where.sets.append(HierarchySet(index, lines.rolled, lines.target, lines.kind, keys))
        reached: Predicate = InSet(index)
    else:
        reached = _equal(lines.kind.key.name, given, where)
        if lines.target.abstract:
            reached = OfKind(lines.kind, reached)
    return Quantified(Quantifier.SOME, Traverse(lines.relation, lines.target), reached)


def _equal(name: str, given: Given, where: WhereCompiler) -> Predicate:
    stored = Stored(Holder.NODE, name, nullable=False)
    return Compare(stored, Operator.EQUAL, where.bindings.bind(given, plain))
