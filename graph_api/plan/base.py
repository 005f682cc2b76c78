"""The base of every plan: frozen nodes, parameters, and the way to rewrite a tree of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TypeVar


class PlanNode:
    """Base of everything in a plan; rewrites rebuild only these."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Parameter(PlanNode):
    """A value of the request, by the name that the statement knows it under."""

    name: str


Rewritten = TypeVar("Rewritten", bound=PlanNode)


def rewrite(node: Rewritten, change: Callable[[PlanNode], PlanNode]) -> Rewritten:
    """Rebuild a plan from the leaves up, passing every node through ``change``.

    ``change`` gives back the node itself or one of the same type.
    """
    replaced = {}
    for field in fields(node):  # type: ignore[arg-type]  # every PlanNode is a dataclass
        before = getattr(node, field.name)
        after = _rewrite_value(before, change)
        if after is not before:
            replaced[field.name] = after
    rebuilt = replace(node, **replaced) if replaced else node  # type: ignore[type-var]
    return change(rebuilt)  # type: ignore[return-value]  # the contract of change


def _rewrite_value(value: object, change: Callable[[PlanNode], PlanNode]) -> object:
    if isinstance(value, PlanNode):
        return rewrite(value, change)
    if isinstance(value, tuple):
        rebuilt = tuple(_rewrite_value(item, change) for item in value)
        return rebuilt if any(a is not b for a, b in zip(rebuilt, value, strict=True)) else value
    return value
