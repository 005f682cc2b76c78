"""Ways to reach the nodes of a filtered root list from small sets.

A list filtered by a relation to few nodes is best reached from those nodes when they have few
neighbours, and by walking the order's index when they have many. Which holds depends on the values,
so the plan keeps all ways, and the statement compares degrees when it runs. Measured on 50,000 nodes
in docs/measurements.md.
"""

from __future__ import annotations

from dataclasses import replace

from graph_api.ontology.model import NodeType, ScalarType
from graph_api.plan.named_keys import conditions, named_keys
from graph_api.plan.tree import (
    And,
    Compare,
    Connection,
    Driver,
    Holder,
    InSet,
    NodeSet,
    Operator,
    PlanNode,
    Predicate,
    Quantified,
    Quantifier,
    ResolvedSet,
    RootPlan,
    Scan,
    Stored,
    rewrite,
)

MAX_DRIVERS = 4
"""More ways than this make the text longer than they can save."""


def with_drivers(plan: RootPlan) -> RootPlan:
    """The same plan, its root list with every way to reach it from a small set; one by keys needs none."""
    selection = plan.selection
    if not isinstance(selection, Connection) or not isinstance(selection.source, Scan):
        return plan
    if named_keys(selection.source.kind, selection.predicate) is not None:
        return plan
    parts = tuple(conditions(selection.predicate))
    sets: list[NodeSet] = list(plan.sets)
    drivers: list[Driver] = []
    for part in parts:
        driver = _driver(part, parts, sets)
        if driver is not None and len(drivers) < MAX_DRIVERS:
            drivers.append(driver)
    if not drivers:
        return plan
    return RootPlan(replace(selection, drivers=tuple(drivers)), tuple(sets))


def _driver(part: Predicate, parts: tuple[Predicate, ...], sets: list[NodeSet]) -> Driver | None:
    others = tuple(other for other in parts if other is not part)
    if isinstance(part, InSet):
        return Driver(part.index, capped=False, traverse=None, rest=And(others))
    if not isinstance(part, Quantified) or part.quantifier is not Quantifier.SOME:
        return None
    if part.traverse.relation.transitive:
        return None
    inner = tuple(conditions(part.predicate))
    known = next((found for found in inner if isinstance(found, InSet)), None)
    if known is not None:
        rest = And(others) if len(inner) == 1 else And((*others, part))
        return Driver(known.index, capped=False, traverse=part.traverse, rest=rest)
    of_node = tuple(found for found in inner if not _touches_edge(found))
    if not any(_is_indexed(found, part.traverse.target) for found in of_node):
        return None
    sets.append(ResolvedSet(len(sets), part.traverse.target, And(of_node)))
    rest = And(others) if len(of_node) == len(inner) else And((*others, part))
    return Driver(len(sets) - 1, capped=True, traverse=part.traverse, rest=rest)


def _is_indexed(predicate: Predicate, kind: NodeType) -> bool:
    """Whether an index finds the nodes: equality of a key or of an enum."""
    if not isinstance(predicate, Compare) or predicate.operator not in (Operator.EQUAL, Operator.IN):
        return False
    operand = predicate.operand
    if not isinstance(operand, Stored) or kind.abstract:
        return False
    found = next((each for each in kind.properties if each.name == operand.name), None)
    return found is not None and (found.unique or found.type is ScalarType.ENUM)


def _touches_edge(predicate: Predicate) -> bool:
    """Whether a condition reads the edge that led to the node; deeper edges are the node's affair."""
    if isinstance(predicate, Quantified):
        return False
    touched = False

    def look(node: PlanNode) -> PlanNode:
        nonlocal touched
        touched = touched or (isinstance(node, Stored) and node.holder is Holder.EDGE)
        return node

    rewrite(predicate, look)
    return touched
