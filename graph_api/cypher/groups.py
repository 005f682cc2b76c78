"""Counts of different nodes by the values of axes.

First the nodes are collected by the nodes that their axes lead to directly; then each combination is
rolled up once, however many nodes it has, and its nodes are counted. One MATCH holds all patterns. The
end of one axis has its label, so that the planner may begin there when that end is the smaller one; a
label on the others would be looked at for every edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_api.cypher.names import Scope, Variables, identifier, labels
from graph_api.cypher.patterns import step
from graph_api.cypher.predicates import along, operand, reached, where
from graph_api.ontology.model import NodeType
from graph_api.plan.tree import Axis, KindName, PropertyAxis, RelationAxis


@dataclass(frozen=True, slots=True)
class _Axis:
    """An axis in the text: its part of the match, what is collected by, the roll-up, the value shown."""

    pattern: str
    conditions: list[str]
    collected: str
    roll_up: str
    value: str


def grouped(
    match: str, conditions: Sequence[str], node: Scope, axes: tuple[Axis, ...], variables: Variables
) -> str:
    """The groups of the nodes that a match gives, as rows of values and a count, ordered by the values."""
    entry = _entry(axes)
    parts = [_axis(axis, index, node, variables, labelled=axis is entry) for index, axis in enumerate(axes)]
    patterns = ", ".join([match, *(part.pattern for part in parts if part.pattern)])
    every = where([*conditions, *(condition for part in parts for condition in part.conditions)])
    collected = ", ".join(part.collected for part in parts)
    roll_ups = "".join(part.roll_up for part in parts)
    names = [f"g{index}" for index in range(len(parts))]
    aliases = ", ".join(f"{part.value} AS {name}" for part, name in zip(parts, names, strict=True))
    known = where([f"{name} IS NOT NULL" for name in names])
    shown = ", ".join(names)
    return (
        f"COLLECT {{ {patterns}{every} WITH {collected}, collect(DISTINCT {node.node}) AS ns"
        f"{roll_ups} UNWIND ns AS m WITH {aliases}, count(DISTINCT m) AS c "
        f"WITH {shown}, c{known} ORDER BY {shown} RETURN [{shown}, c] }}"
    )


def _entry(axes: tuple[Axis, ...]) -> RelationAxis | None:
    """The axis to begin at: one that gives each node once, or else the first relation."""
    relations = [axis for axis in axes if isinstance(axis, RelationAxis)]
    single = [axis for axis in relations if not axis.traverse.relation.many]
    return next(iter([*single, *relations]), None)


def _axis(axis: Axis, index: int, node: Scope, variables: Variables, *, labelled: bool) -> _Axis:
    if isinstance(axis, PropertyAxis):
        name = f"a{index}"
        return _Axis("", [], f"{operand(axis.operand, node, variables)} AS {name}", "", name)
    pattern, end = step(axis.traverse, node, variables)
    conditions = reached(axis.traverse, end, variables)
    if labelled:
        pattern = pattern.replace(f"({end.node})", f"({end.node}:{labels(axis.traverse.target)})")
    if axis.hierarchy is None:
        return _Axis(pattern, conditions, end.node, "", _key(axis.traverse.target, end, variables))
    wider = variables.new("n")
    way = f"({end.node})-[:{identifier(axis.hierarchy.type)}*0..]->({wider})"
    if axis.through is None:
        roll_up = f" MATCH {way}"
    else:
        path = variables.new("q")
        roll_up = f" MATCH {path} = {way}{where([along(axis.through, path, variables)])}"
    return _Axis(pattern, conditions, end.node, roll_up, f"{wider}.key")


def _key(kind: NodeType, node: Scope, variables: Variables) -> str:
    """The key of a node; with its kind in front, as ``Kind:KEY``, where several kinds can share it."""
    if not kind.abstract:
        return f"{node.node}.key"
    return f'{operand(KindName(kind.concrete), node, variables)} + ":" + {node.node}.key'
