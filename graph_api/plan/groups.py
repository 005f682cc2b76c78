"""From ``groups(by: ...)`` to axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from graph_api.api_types.axes import axes_of
from graph_api.errors import InvalidArgumentError
from graph_api.ontology.model import NodeType, Property, Relation
from graph_api.plan.convert import plain
from graph_api.plan.given import Given, GivenTree
from graph_api.plan.policy import Policy
from graph_api.plan.tree import Axis, Holder, PropertyAxis, RelationAxis, Stored, Traverse

MAX_AXES = 3
"""A table has rows and columns, a series of tables one more; the groups multiply."""


def axes(policy: Policy, kind: NodeType, given: Mapping[str, GivenTree]) -> tuple[Axis, ...]:
    """The axes that the arguments name.

    Raises ``InvalidArgumentError`` for none, too many or repeated ones, and ``ForbiddenError`` for a
    hidden property.
    """
    values = plain(cast(Given, given["by"]).value)
    names = [str(value) for value in values] if isinstance(values, list) else [str(values)]
    if not 1 <= len(names) <= MAX_AXES or len(set(names)) < len(names):
        raise InvalidArgumentError(
            f"'by' names {len(names)} axes; groups are made by one to {MAX_AXES} different ones.",
            argument="by",
            value=", ".join(names),
        )
    roll_up = given.get("rollUp")
    rolled = isinstance(roll_up, Given) and roll_up.value is True
    meanings = {found.name: found.meaning for found in axes_of(kind)}
    return tuple(_axis(policy, meanings[name], rolled=rolled) for name in names)


def _axis(policy: Policy, meaning: Property | Relation, *, rolled: bool) -> Axis:
    if isinstance(meaning, Property):
        policy.check(meaning)
        return PropertyAxis(Stored(Holder.NODE, meaning.name, not meaning.required))
    target = policy.ontology.node(meaning.target)
    return RelationAxis(Traverse(meaning, target), target.hierarchy if rolled else None)
