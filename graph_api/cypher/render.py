"""From a plan to one statement text. Decisions are the plan's; here they are only printed.

A statement gives one row with one positional list: the selection's value, then for each hierarchy
set the keys that no node has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_api.cypher.adaptive import adaptive_connection, choice
from graph_api.cypher.entries import entry
from graph_api.cypher.names import Scope, Variables, identifier, labels, parameter, text
from graph_api.cypher.predicates import along, permitted, set_name, where
from graph_api.cypher.rows import connection, group_columns, kind_row
from graph_api.ontology.model import NodeType
from graph_api.plan.tree import (
    Connection,
    HierarchySet,
    Listed,
    Lookup,
    LookupMany,
    NodeColumn,
    NodeSet,
    Projection,
    ResolvedSet,
    RootPlan,
    Single,
)

SET_CAP = 1000
"""A set resolved by a predicate is cut here; a larger one is no small set to start from."""


def render(plan: RootPlan) -> str:
    """The text of the statement for a root field."""
    variables = Variables(tuple(set_name(found.index) for found in plan.sets))
    clauses = prologue(plan.sets, variables)
    if isinstance(plan.selection, Connection):
        chosen, value = _root_list(plan.selection, kept_after(plan.sets), variables)
        clauses += chosen
    else:
        value = _lookups(plan.selection, variables)
    return f"{clauses}RETURN {', '.join([f'{value} AS row', *unknown_keys(plan.sets)])}"


def kept_after(sets: Sequence[NodeSet]) -> list[str]:
    """The variables that every WITH after the prologue carries on: the sets, and the keys found."""
    names = [set_name(found.index) for found in sets]
    return [*names, *(f"k{found.index}" for found in _hierarchical(sets))]


def unknown_keys(sets: Sequence[NodeSet]) -> list[str]:
    """The columns that say which keys of each hierarchy set nothing has."""
    return [_unknown_keys(found) for found in _hierarchical(sets)]


def _hierarchical(sets: Sequence[NodeSet]) -> list[HierarchySet]:
    return [found for found in sets if isinstance(found, HierarchySet)]


def _root_list(found: Connection, kept: list[str], variables: Variables) -> tuple[str, str]:
    """The clauses before a root list that choose its way and count its groups, and its value."""
    clauses = ""
    if found.drivers:
        clauses += choice(found, ", ".join(kept), SET_CAP)
        kept = [*kept, "w", "t"]
    groups = group_columns(found, variables)
    if groups:
        clauses += f"WITH {', '.join([*kept, *groups])} "
    if found.drivers:
        return clauses, adaptive_connection(found, variables)
    return clauses, connection(found, Scope("none"), variables)


def prologue(sets: Sequence[NodeSet], variables: Variables) -> str:
    """The clauses that resolve the sets; those of predicates come second, since they may use hierarchies."""
    hierarchical = _hierarchical(sets)
    known = [name for found in hierarchical for name in (set_name(found.index), f"k{found.index}")]
    resolved = [_set(found, variables) for found in hierarchical]
    clauses = f"WITH {', '.join(resolved)} " if resolved else ""
    filtered = [_set(found, variables) for found in sets if isinstance(found, ResolvedSet)]
    return f"{clauses}WITH {', '.join([*known, *filtered])} " if filtered else clauses


def _set(found: NodeSet, variables: Variables) -> str:
    if isinstance(found, ResolvedSet):
        scope = Scope(variables.new("n"))
        first = entry(found.kind, found.predicate, scope, variables)
        match = f"{first.before}MATCH {first.pattern}{where([first.condition])}"
        return f"COLLECT {{ {match} RETURN {scope.node} LIMIT {SET_CAP + 1} }} AS {set_name(found.index)}"
    root, member = variables.new("n"), variables.new("n")
    type_ = identifier(found.hierarchy.type)
    keys = parameter(found.keys)
    same = found.kind.concrete == found.roots.concrete
    conditions = [] if same else [f"{member}:{labels(found.kind)}"]
    seen = permitted(found.through, Scope(root), variables)
    match = f"MATCH ({root}:{labels(found.roots)}){where([f'{root}.key IN {keys}', *seen])}"
    way = f"({member})-[:{type_}*0..]->({root})"
    if found.through is not None:
        path = variables.new("q")
        way = f"{path} = {way}"
        conditions.append(along(found.through, path, variables))
    members = f"{match} MATCH {way}{where(conditions)} RETURN DISTINCT {member}"
    keys_found = f"COLLECT {{ {match} RETURN {root}.key }} AS k{found.index}"
    return f"COLLECT {{ {members} }} AS {set_name(found.index)}, {keys_found}"


def _unknown_keys(found: HierarchySet) -> str:
    return f"[x IN {parameter(found.keys)} WHERE NOT x IN k{found.index}] AS u{found.index}"


def _lookups(selection: Single | Listed, variables: Variables) -> str:
    match selection:
        case Single():
            return _joined(
                _lookup(selection.source, kind, columns, selection.projection, variables)
                for kind, columns in selection.projection.by_kind
            )
        case Listed():
            return _joined(
                _lookup_many(selection.source, kind, columns, selection.projection, variables)
                for kind, columns in selection.projection.by_kind
            )


def _joined(lists: Iterable[str]) -> str:
    """One list of several, which may be none when the viewer sees no kind of them."""
    return " + ".join(lists) or "[]"


def _lookup(
    source: Lookup,
    kind: NodeType,
    columns: tuple[NodeColumn, ...],
    projection: Projection,
    variables: Variables,
) -> str:
    scope = Scope(variables.new("n"))
    key = dict(source.instead).get(kind.name, source.key)
    seen = where(permitted(dict(source.visible).get(kind.name), scope, variables))
    row = kind_row(kind, columns, scope, variables, tagged=projection.tagged)
    match = f"MATCH ({scope.node}:{labels(kind)} {{key: {parameter(key)}}}){seen}"
    return f"COLLECT {{ {match} RETURN {row} }}"


def _lookup_many(
    source: LookupMany,
    kind: NodeType,
    columns: tuple[NodeColumn, ...],
    projection: Projection,
    variables: Variables,
) -> str:
    scope, index = Scope(variables.new("n")), variables.new("i")
    kinds, keys = parameter(source.kinds), parameter(source.keys)
    row = kind_row(kind, columns, scope, variables, tagged=projection.tagged)
    of_kind = f"WHERE {kinds}[{index}] = {text(kind.name)}"
    positions = f"UNWIND range(0, size({keys}) - 1) AS {index} WITH {variables.carried(index)} {of_kind}"
    seen = where(permitted(dict(source.visible).get(kind.name), scope, variables))
    match = f"MATCH ({scope.node}:{labels(kind)} {{key: {keys}[{index}]}}){seen}"
    return f"COLLECT {{ {positions} {match} RETURN [{index}, {row}] }}"
