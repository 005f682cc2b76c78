"""Root lists that choose, when they run, where to start: from a small set, or from the order's index.

Degrees cost one hit each, so the statement first counts the neighbours of every set (``d0``,
``d1`` ...) and estimates what walking the index until the page is full would cost: the rows of the
page, divided by the share of nodes that each set reaches. ``w`` is the chosen way for the rows, ``t``
for the total, which cannot stop early; -1 is the list itself.

``UNWIND`` of an empty list switches a way off; a ``WHERE`` in front of a match would not stop the
scan. The inner ``CALL`` keeps the planner on the index.
"""

from __future__ import annotations

from graph_api.cypher.lists import OrderedPage, is_walkable, ordered_page
from graph_api.cypher.names import Scope, Variables, labels, parameter
from graph_api.cypher.patterns import bare_step, reverse_step
from graph_api.cypher.predicates import predicate, reached, set_name, where
from graph_api.cypher.rows import connection_row, group_names
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import Direction, NodeType
from graph_api.plan.tree import Connection, Driver, Scan, TotalCount, Traverse

_NEVER = "1e18"
"""More neighbours than any graph has: the degree of a set that was cut, so that it is not started from."""
_LIST = -1


def choice(found: Connection, kept: str, cap: int) -> str:
    """The clauses that count degrees and choose; ``kept`` are the variables that later parts need."""
    degrees = [f"{_degree(driver, cap)} AS d{index}" for index, driver in enumerate(found.drivers)]
    names = [f"d{index}" for index in range(len(found.drivers))]
    total = f"toFloat(COUNT {{ MATCH (z:{labels(_kind(found))}) }}) AS total"
    rest = ", ".join(names[1:])
    best = (
        f"reduce(a = d0, x IN [{rest}] | CASE WHEN x < a THEN x ELSE a END) AS best" if rest else "d0 AS best"
    )
    walk = _walk_cost(found, names)
    return (
        f"WITH {kept}, {total}, {', '.join(degrees)} "
        f"WITH {kept}, total, {', '.join(names)}, {best} "
        f"WITH {kept}, {_chosen(walk, names)} AS w, {_chosen('total', names)} AS t "
    )


def _degree(driver: Driver, cap: int) -> str:
    members = set_name(driver.set_index)
    if driver.traverse is None:
        return f"toFloat(size({members}))"
    neighbours = f"COUNT {{ {bare_step(driver.traverse, Scope('m'), backward=True)} }}"
    degree = f"toFloat(reduce(a = 0, x IN [m IN {members} | {neighbours}] | a + x))"
    return f"CASE WHEN size({members}) > {cap} THEN {_NEVER} ELSE {degree} END" if driver.capped else degree


def _walk_cost(found: Connection, names: list[str]) -> str:
    if not is_walkable(found.page):
        return "total"
    shares = "".join(
        f" * (total / (CASE WHEN {name} < total THEN {name} ELSE total END + 1))" for name in names
    )
    return f"{parameter(found.page.limit)}{shares}"


def _chosen(cost: str, names: list[str]) -> str:
    cases = " ".join(f"WHEN {name} = best THEN {index}" for index, name in enumerate(names))
    return f"CASE WHEN best > {cost} THEN {_LIST} {cases} END"


def adaptive_connection(found: Connection, variables: Variables) -> str:
    """The connection as a list: its rows and its total, each by the chosen way."""
    values = []
    if found.with_rows:
        values.append(_rows(found, variables))
    if any(isinstance(part, TotalCount) for part in found.parts):
        values.append(_total(found, variables))
    values += group_names(found)
    return values[0] if found.rows_only else f"[{', '.join(values)}]"


def _rows(found: Connection, variables: Variables) -> str:
    scope = Scope(variables.new("n"))
    imported = variables.carried("w")
    ways = [_walk(found, scope, variables)]
    ways += [_from_set(found, index, driver, scope, variables) for index, driver in enumerate(found.drivers)]
    page = _page(found, scope, variables, distinct=False)
    kept = variables.carried(scope.node, *page.computed)
    again = f"WITH {kept} ORDER BY {page.terms} LIMIT {parameter(found.page.limit)}"
    row = connection_row(found, page, scope, variables)
    return f"COLLECT {{ CALL ({imported}) {{ {' UNION ALL '.join(ways)} }} {again} RETURN {row} }}"


def _walk(found: Connection, scope: Scope, variables: Variables) -> str:
    page = _page(found, scope, variables, distinct=False)
    condition = predicate(found.predicate, scope, variables)
    every = where([condition, *page.conditions])
    returned = ", ".join([scope.node, *page.computed])
    sets = ", ".join(variables.sets)
    return (
        f"{_switch('w', _LIST, '[1]')} AS go CALL ({sets}) {{ "
        f"MATCH ({scope.node}:{labels(_kind(found))}){every}{page.clauses} RETURN {returned} }} "
        f"RETURN {returned}"
    )


def _from_set(found: Connection, index: int, driver: Driver, scope: Scope, variables: Variables) -> str:
    page = _page(found, scope, variables, distinct=_repeats(driver), walked=False)
    match = _reached(_kind(found), index, "w", driver, scope, variables, list(page.conditions))
    return f"{match}{page.clauses} RETURN {', '.join([scope.node, *page.computed])}"


def _total(found: Connection, variables: Variables) -> str:
    scope = Scope(variables.new("n"))
    condition = where([predicate(found.predicate, scope, variables)])
    scanned = f"{_switch('t', _LIST, '[1]')} AS go MATCH ({scope.node}:{labels(_kind(found))}){condition}"
    counts = [f"COUNT {{ {scanned} RETURN {scope.node} }}"]
    for index, driver in enumerate(found.drivers):
        match = _reached(_kind(found), index, "t", driver, scope, variables, [])
        distinct = "DISTINCT " if _repeats(driver) else ""
        counts.append(f"COUNT {{ {match} RETURN {distinct}{scope.node} }}")
    return " + ".join(counts)


def _reached(
    kind: NodeType,
    index: int,
    chooser: str,
    driver: Driver,
    scope: Scope,
    variables: Variables,
    conditions: list[str],
) -> str:
    """The match from the members of a set to the nodes of the list, switched off unless chosen."""
    members = set_name(driver.set_index)
    rest = predicate(driver.rest, scope, variables)
    if driver.traverse is None:
        kept = variables.carried(scope.node)
        return f"{_switch(chooser, index, members)} AS {scope.node} WITH {kept}{where([rest, *conditions])}"
    member = Scope(variables.new("m"), variables.new("r"))
    pattern = reverse_step(driver.traverse, member, scope)
    on_way = [*_of_kind(driver.traverse, kind, scope), *reached(driver.traverse, member, variables)]
    every = where([*on_way, rest, *conditions])
    return f"{_switch(chooser, index, members)} AS {member.node} MATCH {pattern}{every}"


def _of_kind(traverse: Traverse, kind: NodeType, scope: Scope) -> list[str]:
    """The condition that a node is of the list's kind, where the edge can come from other kinds too."""
    forward = traverse.relation.direction is Direction.FORWARD
    near = traverse.relation.edge.source if forward else traverse.relation.edge.target
    return [] if near == kind.name else [f"{scope.node}:{labels(kind)}"]


def _switch(chooser: str, way: int, members: str) -> str:
    return f"UNWIND CASE WHEN {chooser} = {way} THEN {members} ELSE [] END"


def _repeats(driver: Driver) -> bool:
    """Whether several members of the set can lead to the same node."""
    return driver.traverse is not None and driver.traverse.relation.end.cardinality is Cardinality.MANY


def _page(
    found: Connection, scope: Scope, variables: Variables, *, distinct: bool, walked: bool = True
) -> OrderedPage:
    return ordered_page(found.page, scope, variables, distinct=distinct, walked=walked)


def _kind(found: Connection) -> NodeType:
    if not isinstance(found.source, Scan):
        raise TypeError(f"Only the list of a kind has several ways, not {found.source}.")
    return found.source.kind
