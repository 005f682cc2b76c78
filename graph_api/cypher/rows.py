"""Connections and projections: the pages of a list, and what each node of it gives back.

The two are one module because each holds the other: nodes have connections, connections have nodes.
"""

from __future__ import annotations

from graph_api.cypher.entries import entry
from graph_api.cypher.groups import grouped
from graph_api.cypher.lists import OrderedPage, ordered_page
from graph_api.cypher.names import Scope, Variables, identifier, labels, text
from graph_api.cypher.patterns import step
from graph_api.cypher.predicates import operand, permitted, predicate, reached, shown, where
from graph_api.ontology.model import NodeType, Property, ScalarType
from graph_api.plan.tree import (
    AbsentColumn,
    Column,
    Connection,
    ConnectionColumn,
    CursorColumn,
    DerivedColumn,
    EdgeColumn,
    EdgeList,
    EdgeNodeColumn,
    Groups,
    Holder,
    IdColumn,
    LocalizedColumn,
    NodeColumn,
    NodeList,
    OneColumn,
    Projection,
    Scan,
    SourcesColumn,
    TotalCount,
    Traverse,
    TypenameColumn,
)


def connection(found: Connection, start: Scope, variables: Variables) -> str:
    """A connection as a list: its rows and its total, as far as they are asked for."""
    values = []
    if found.with_rows:
        values.append(_rows(found, start, variables))
    if any(isinstance(part, TotalCount) for part in found.parts):
        values.append(_total(found, start, variables))
    values += group_names(found)
    return values[0] if found.rows_only else f"[{', '.join(values)}]"


def _rows(found: Connection, start: Scope, variables: Variables) -> str:
    before, match, scope, conditions = _source(found, start, variables)
    walked = isinstance(found.source, Scan) and not before
    page = ordered_page(found.page, scope, variables, distinct=_is_transitive(found), walked=walked)
    every = where([*conditions, *page.conditions])
    row = connection_row(found, page, scope, variables)
    return f"COLLECT {{ {before}MATCH {match}{every}{page.clauses} RETURN {row} }}"


def connection_row(found: Connection, page: OrderedPage, scope: Scope, variables: Variables) -> str:
    """One row of a connection: the values of its order keys, if cursors are asked for, and its items."""
    items = [_item(part, scope, variables) for part in found.parts if isinstance(part, EdgeList | NodeList)]
    shown_keys = (shown(key.operand, text) for key, text in zip(found.page.order, page.keys, strict=True))
    cursor = [f"[{', '.join(shown_keys)}]"] if found.with_cursor else []
    return items[0] if found.single_item else f"[{', '.join([*cursor, *items])}]"


def _total(found: Connection, start: Scope, variables: Variables) -> str:
    before, match, scope, conditions = _source(found, start, variables)
    if before:
        return f"COUNT {{ {before}MATCH {match}{where(conditions)} RETURN {scope.node} }}"
    if _is_transitive(found):
        return f"size(COLLECT {{ MATCH {match}{where(conditions)} RETURN DISTINCT {scope.node} }})"
    return f"COUNT {{ MATCH {match}{where(conditions)} }}"


def group_names(found: Connection) -> list[str]:
    """The variables that hold the groups of a root list, in the order of its parts."""
    count = sum(isinstance(part, Groups) for part in found.parts)
    return [f"z{index}" for index in range(count)]


def group_columns(found: Connection, variables: Variables) -> list[str]:
    """The groups of all nodes of a root list, whatever its page, each with its name.

    They stand in a WITH of their own: Neo4j 5 takes an aggregation inside a subquery for one of the
    whole expression around it, and then refuses the variables beside it.
    """
    columns = []
    parts = [part for part in found.parts if isinstance(part, Groups)]
    for name, part in zip(group_names(found), parts, strict=True):
        before, match, scope, conditions = _source(found, Scope("none"), variables)
        rows = grouped(f"{before}MATCH {match}", conditions, scope, part.axes, variables)
        columns.append(f"{rows} AS {name}")
    return columns


def _source(found: Connection, start: Scope, variables: Variables) -> tuple[str, str, Scope, list[str]]:
    """What stands before the MATCH, its pattern, the scope at its end, and the conditions."""
    match found.source:
        case Scan(kind):
            scope = Scope(variables.new("n"))
            way = entry(kind, found.predicate, scope, variables)
            return way.before, way.pattern, scope, [way.condition]
        case Traverse() as traverse:
            pattern, scope = step(traverse, start, variables)
            return (
                "",
                pattern,
                scope,
                [*reached(traverse, scope, variables), predicate(found.predicate, scope, variables)],
            )
        case _:
            raise TypeError(f"A connection cannot come from {found.source}.")


def _is_transitive(found: Connection) -> bool:
    return isinstance(found.source, Traverse) and found.source.relation.transitive


def _item(part: EdgeList | NodeList, scope: Scope, variables: Variables) -> str:
    if isinstance(part, NodeList):
        return _projection(part.projection, scope, variables)
    columns = (_edge_column(column, scope, variables) for column in part.columns)
    return f"[{', '.join(column for column in columns if column)}]"


def _edge_column(column: EdgeColumn, scope: Scope, variables: Variables) -> str:
    match column:
        case CursorColumn() | TypenameColumn() | AbsentColumn():
            return ""
        case EdgeNodeColumn() if column.inlined:
            ((_, columns),) = column.projection.by_kind
            return ", ".join(value for each in columns if (value := _node_column(each, scope, variables)))
        case EdgeNodeColumn():
            return _projection(column.projection, scope, variables)
        case SourcesColumn():
            return _sources(column, scope, variables)
        case Column():
            return shown(column.operand, operand(column.operand, scope, variables))


def _projection(found: Projection, scope: Scope, variables: Variables) -> str:
    if not found.tagged:
        ((kind, columns),) = found.by_kind
        return kind_row(kind, columns, scope, variables, tagged=False)
    cases = [
        f"WHEN {scope.node}:{labels(kind)} THEN {kind_row(kind, columns, scope, variables, tagged=True)}"
        for kind, columns in found.by_kind
    ]
    return f"CASE {' '.join(cases)} END" if cases else "null"


def kind_row(
    kind: NodeType, columns: tuple[NodeColumn, ...], scope: Scope, variables: Variables, *, tagged: bool
) -> str:
    """The columns of a node of one kind, with the name of the kind in front when it is not known before."""
    tag = [text(kind.name)] if tagged else []
    values = (_node_column(column, scope, variables) for column in columns)
    return f"[{', '.join([*tag, *(value for value in values if value)])}]"


def _node_column(column: NodeColumn, scope: Scope, variables: Variables) -> str:
    match column:
        case TypenameColumn() | AbsentColumn():
            return ""
        case IdColumn():
            return f"{scope.node}.key"
        case Column():
            return shown(column.operand, operand(column.operand, scope, variables))
        case LocalizedColumn():
            return f"coalesce({', '.join(f'{scope.node}.{identifier(name)}' for name in column.names)})"
        case DerivedColumn():
            return f"[{', '.join(_read(read, scope) for read in column.derived.reads)}]"
        case SourcesColumn():
            return _sources(column, scope, variables)
        case ConnectionColumn():
            return connection(column.connection, scope, variables)
        case OneColumn():
            pattern, end = step(column.traverse, scope, variables)
            conditions = where(reached(column.traverse, end, variables))
            row = _projection(column.projection, end, variables)
            first = f"WITH {variables.carried(end.node)} ORDER BY {end.node}.key LIMIT 1"
            return f"head(COLLECT {{ MATCH {pattern}{conditions} {first} RETURN {row} }})"


def _read(found: Property, scope: Scope) -> str:
    """A stored property that a derived one is made of."""
    expression = f"{scope.node}.{identifier(found.name)}"
    return f"toString({expression})" if found.type is ScalarType.DATE else expression


def _sources(column: SourcesColumn, scope: Scope, variables: Variables) -> str:
    holder = scope.node if column.holder is Holder.NODE else scope.edge
    source, key = Scope(variables.new("n")), variables.new("k")
    row = _projection(column.projection, source, variables)
    found = f"MATCH ({source.node}:{labels(column.kind)} {{key: {key}}})"
    found += where(permitted(column.visible, source, variables))
    return (
        f"COLLECT {{ UNWIND {holder}.sources AS {key} {found}"
        f" WITH {variables.carried(source.node)} ORDER BY {source.node}.key RETURN {row} }}"
    )
