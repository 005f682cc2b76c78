"""From a plan to one statement text. Decisions are the plan's; here they are only printed.

A statement gives one row with one positional list: the selection's value, then for each hierarchy
set the keys that no node has.
"""

from __future__ import annotations

from graph_api.cypher.lists import ordered_page
from graph_api.cypher.names import Scope, Variables, identifier, labels, parameter, text
from graph_api.cypher.patterns import step, validity
from graph_api.cypher.predicates import operand, predicate, set_name, where
from graph_api.ontology.model import NodeType
from graph_api.plan.tree import (
    Column,
    Connection,
    ConnectionColumn,
    CursorColumn,
    DerivedColumn,
    EdgeColumn,
    EdgeList,
    EdgeNodeColumn,
    HierarchySet,
    Holder,
    IdColumn,
    Listed,
    LocalizedColumn,
    Lookup,
    LookupMany,
    NodeColumn,
    NodeList,
    OneColumn,
    Projection,
    RootPlan,
    RootSelection,
    Scan,
    Single,
    SourcesColumn,
    TotalCount,
    Traverse,
    TypenameColumn,
)


def render(plan: RootPlan) -> str:
    """The text of the statement for a root field."""
    variables = Variables(tuple(set_name(found.index) for found in plan.sets))
    sets = [_set(found, variables) for found in plan.sets]
    value = _selection(plan.selection, variables)
    unknown = [_unknown_keys(found) for found in plan.sets]
    prologue = f"WITH {', '.join(sets)} " if sets else ""
    return f"{prologue}RETURN {', '.join([f'{value} AS row', *unknown])}"


def _set(found: HierarchySet, variables: Variables) -> str:
    root, member = variables.new("n"), variables.new("n")
    type_ = identifier(found.hierarchy.type)
    keys = parameter(found.keys)
    narrowed = "" if found.kind.concrete == found.roots.concrete else f" WHERE {member}:{labels(found.kind)}"
    match = f"MATCH ({root}:{labels(found.roots)}) WHERE {root}.key IN {keys}"
    members = f"{match} MATCH ({member})-[:{type_}*0..]->({root}){narrowed} RETURN DISTINCT {member}"
    keys_found = f"COLLECT {{ {match} RETURN {root}.key }} AS k{found.index}"
    return f"COLLECT {{ {members} }} AS {set_name(found.index)}, {keys_found}"


def _unknown_keys(found: HierarchySet) -> str:
    return f"[x IN {parameter(found.keys)} WHERE NOT x IN k{found.index}] AS u{found.index}"


def _selection(selection: RootSelection, variables: Variables) -> str:
    match selection:
        case Connection():
            return _connection(selection, Scope("none"), variables)
        case Single():
            return " + ".join(
                _lookup(selection.source, kind, columns, selection.projection, variables)
                for kind, columns in selection.projection.by_kind
            )
        case Listed():
            return " + ".join(
                _lookup_many(selection.source, kind, columns, variables)
                for kind, columns in selection.projection.by_kind
            )


def _lookup(
    source: Lookup,
    kind: NodeType,
    columns: tuple[NodeColumn, ...],
    projection: Projection,
    variables: Variables,
) -> str:
    scope = Scope(variables.new("n"))
    row = _kind_row(kind, columns, scope, variables, tagged=projection.tagged)
    match = f"MATCH ({scope.node}:{labels(kind)} {{key: {parameter(source.key)}}})"
    return f"COLLECT {{ {match} RETURN {row} }}"


def _lookup_many(
    source: LookupMany, kind: NodeType, columns: tuple[NodeColumn, ...], variables: Variables
) -> str:
    scope, index = Scope(variables.new("n")), variables.new("i")
    kinds, keys = parameter(source.kinds), parameter(source.keys)
    row = _kind_row(kind, columns, scope, variables, tagged=True)
    of_kind = f"WHERE {kinds}[{index}] = {text(kind.name)}"
    positions = f"UNWIND range(0, size({keys}) - 1) AS {index} WITH {variables.carried(index)} {of_kind}"
    match = f"MATCH ({scope.node}:{labels(kind)} {{key: {keys}[{index}]}})"
    return f"COLLECT {{ {positions} {match} RETURN [{index}, {row}] }}"


def _connection(found: Connection, start: Scope, variables: Variables) -> str:
    values = []
    if found.with_rows:
        values.append(_rows(found, start, variables))
    if any(isinstance(part, TotalCount) for part in found.parts):
        values.append(_total(found, start, variables))
    return f"[{', '.join(values)}]"


def _rows(found: Connection, start: Scope, variables: Variables) -> str:
    match, scope, conditions = _source(found, start, variables)
    added, page = ordered_page(found.page, scope, variables, distinct=_is_transitive(found))
    items = [_item(part, scope, variables) for part in found.parts if isinstance(part, EdgeList | NodeList)]
    cursor = [f"[{', '.join(page.keys)}]"] if found.with_cursor else []
    row = f"[{', '.join([*cursor, *items])}]"
    return f"COLLECT {{ MATCH {match}{where([*conditions, *added])}{page.clauses} RETURN {row} }}"


def _total(found: Connection, start: Scope, variables: Variables) -> str:
    match, scope, conditions = _source(found, start, variables)
    if _is_transitive(found):
        return f"size(COLLECT {{ MATCH {match}{where(conditions)} RETURN DISTINCT {scope.node} }})"
    return f"COUNT {{ MATCH {match}{where(conditions)} }}"


def _source(found: Connection, start: Scope, variables: Variables) -> tuple[str, Scope, list[str]]:
    match found.source:
        case Scan(kind):
            scope = Scope(variables.new("n"))
            return f"({scope.node}:{labels(kind)})", scope, [predicate(found.predicate, scope, variables)]
        case Traverse() as traverse:
            pattern, scope = step(traverse, start, variables)
            return pattern, scope, [*validity(traverse, scope), predicate(found.predicate, scope, variables)]
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
        case CursorColumn() | TypenameColumn():
            return ""
        case EdgeNodeColumn():
            return _projection(column.projection, scope, variables)
        case SourcesColumn():
            return _sources(column, scope, variables)
        case Column():
            return operand(column.operand, scope, variables)


def _projection(found: Projection, scope: Scope, variables: Variables) -> str:
    if not found.tagged:
        ((kind, columns),) = found.by_kind
        return _kind_row(kind, columns, scope, variables, tagged=False)
    cases = [
        f"WHEN {scope.node}:{labels(kind)} THEN {_kind_row(kind, columns, scope, variables, tagged=True)}"
        for kind, columns in found.by_kind
    ]
    return f"CASE {' '.join(cases)} END"


def _kind_row(
    kind: NodeType, columns: tuple[NodeColumn, ...], scope: Scope, variables: Variables, *, tagged: bool
) -> str:
    tag = [text(kind.name)] if tagged else []
    values = (_node_column(column, scope, variables) for column in columns)
    return f"[{', '.join([*tag, *(value for value in values if value)])}]"


def _node_column(column: NodeColumn, scope: Scope, variables: Variables) -> str:
    match column:
        case TypenameColumn():
            return ""
        case IdColumn():
            return f"{scope.node}.key"
        case Column():
            return operand(column.operand, scope, variables)
        case LocalizedColumn():
            return f"coalesce({', '.join(f'{scope.node}.{identifier(name)}' for name in column.names)})"
        case DerivedColumn():
            return f"[{', '.join(f'{scope.node}.{identifier(read.name)}' for read in column.derived.reads)}]"
        case SourcesColumn():
            return _sources(column, scope, variables)
        case ConnectionColumn():
            return _connection(column.connection, scope, variables)
        case OneColumn():
            pattern, end = step(column.traverse, scope, variables)
            conditions = where(validity(column.traverse, end))
            row = _projection(column.projection, end, variables)
            first = f"WITH {variables.carried(end.node)} ORDER BY {end.node}.key LIMIT 1"
            return f"head(COLLECT {{ MATCH {pattern}{conditions} {first} RETURN {row} }})"


def _sources(column: SourcesColumn, scope: Scope, variables: Variables) -> str:
    holder = scope.node if column.holder is Holder.NODE else scope.edge
    source, key = Scope(variables.new("n")), variables.new("k")
    row = _projection(column.projection, source, variables)
    found = f"MATCH ({source.node}:{labels(column.kind)} {{key: {key}}})"
    return (
        f"COLLECT {{ UNWIND {holder}.sources AS {key} {found}"
        f" WITH {variables.carried(source.node)} ORDER BY {source.node}.key RETURN {row} }}"
    )
