"""Counts of different nodes by the values of axes."""

from __future__ import annotations

from graph_api.cypher.names import Scope, Variables, identifier, text
from graph_api.cypher.patterns import step
from graph_api.cypher.predicates import operand, reached, where
from graph_api.ontology.model import NodeType
from graph_api.plan.tree import Axis, PropertyAxis


def grouped(match: str, node: Scope, axes: tuple[Axis, ...], variables: Variables) -> str:
    """The groups of the nodes that a match gives, as rows of values and a count, ordered by the values."""
    clauses, values = match, []
    for axis in axes:
        clause, value = _axis(axis, node, variables)
        clauses += clause
        values.append(value)
    names = [f"g{index}" for index in range(len(values))]
    aliases = ", ".join(f"{value} AS {name}" for value, name in zip(values, names, strict=True))
    known = where([f"{name} IS NOT NULL" for name in names])
    sorted_names = ", ".join(names)
    return (
        f"COLLECT {{ {clauses} WITH {aliases}, count(DISTINCT {node.node}) AS c "
        f"WITH {sorted_names}, c{known} ORDER BY {sorted_names} RETURN [{sorted_names}, c] }}"
    )


def _key(kind: NodeType, node: Scope) -> str:
    """The key of a node; with its kind in front, as ``Kind:KEY``, where several kinds can share it."""
    if not kind.abstract:
        return f"{node.node}.key"
    cases = " ".join(f"WHEN {node.node}:{identifier(name)} THEN {text(name)}" for name in kind.concrete)
    return f'CASE {cases} END + ":" + {node.node}.key'


def _axis(axis: Axis, node: Scope, variables: Variables) -> tuple[str, str]:
    if isinstance(axis, PropertyAxis):
        return "", operand(axis.operand, node, variables)
    pattern, end = step(axis.traverse, node, variables)
    conditions = where(reached(axis.traverse, end, variables))
    if axis.hierarchy is None:
        return f" MATCH {pattern}{conditions}", _key(axis.traverse.target, end)
    wider = variables.new("n")
    roll_up = f" MATCH ({end.node})-[:{identifier(axis.hierarchy.type)}*0..]->({wider})"
    return f" MATCH {pattern}{conditions}{roll_up}", f"{wider}.key"
