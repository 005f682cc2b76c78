"""Lists whose filter names the keys of their nodes: they begin at these nodes, whatever else is asked."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.ontology.model import NodeType
from graph_api.plan.tree import And, Compare, Holder, Operator, Parameter, Predicate, Stored


def conditions(predicate: Predicate) -> Iterator[Predicate]:
    """The conditions that all have to hold."""
    if isinstance(predicate, And):
        for part in predicate.parts:
            yield from conditions(part)
    else:
        yield predicate


def named_keys(kind: NodeType, predicate: Predicate) -> tuple[Parameter, Predicate] | None:
    """The keys of which a node of the kind has to have one, and what else has to hold; nothing without them.

    No key stands twice in the parameter (``WhereCompiler``).
    """
    parts = tuple(conditions(predicate))
    for part in parts:
        if isinstance(part, Compare) and part.operator is Operator.IN and _is_key(kind, part):
            return part.parameter, And(tuple(other for other in parts if other is not part))
    return None


def _is_key(kind: NodeType, found: Compare) -> bool:
    operand = found.operand
    return (
        not kind.abstract
        and isinstance(operand, Stored)
        and operand.holder is Holder.NODE
        and operand.name == kind.key.name
    )
