"""From ``orderBy`` arguments to orders; every order ends with what no two rows share.

That is the key of the node, then that of the edge, and the kind where nodes of several kinds, which
can share a key, stand in one list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from graph_api.ontology.model import NodeType, Property, Relation, ScalarType
from graph_api.plan.computed import FIELD, is_computed, members_of
from graph_api.plan.convert import plain
from graph_api.plan.given import Given, GivenTree
from graph_api.plan.policy import Policy
from graph_api.plan.tree import (
    Computed,
    Counted,
    Holder,
    KindName,
    Operand,
    OrderKey,
    Related,
    Stored,
    Traverse,
)

_NODE_KEY = OrderKey(Stored(Holder.NODE, "key", nullable=False), descending=False)
_EDGE_KEY = OrderKey(Stored(Holder.EDGE, "key", nullable=False), descending=False)


def kind_order(policy: Policy, kind: NodeType, tree: GivenTree | None) -> tuple[OrderKey, ...]:
    """The order of a root list."""
    keys = [key for element in _elements(tree) for key in _kind_keys(policy, kind, element)]
    return _ended(keys, (_NODE_KEY,))


def relation_order(policy: Policy, relation: Relation, tree: GivenTree | None) -> tuple[OrderKey, ...]:
    """The order of a relation's list; edges between the same two nodes are told apart by their own key."""
    keys = [key for element in _elements(tree) for key in _relation_keys(policy, relation, element)]
    edge = () if relation.transitive else (_EDGE_KEY,)
    return _ended(keys, (_NODE_KEY, *edge, *_kind_key(policy.ontology.node(relation.target))))


def _kind_key(kind: NodeType) -> tuple[OrderKey, ...]:
    return (OrderKey(KindName(kind.concrete), descending=False),) if kind.abstract else ()


def _ended(keys: list[OrderKey], unique: tuple[OrderKey, ...]) -> tuple[OrderKey, ...]:
    missing = (end for end in unique if end.operand not in [key.operand for key in keys])
    return (*keys, *missing)


def _elements(tree: GivenTree | None) -> list[dict[str, GivenTree]]:
    if isinstance(tree, Given) or tree is None:
        return []
    return cast("list[dict[str, GivenTree]]", tree if isinstance(tree, list) else [tree])


def _kind_keys(policy: Policy, kind: NodeType, element: dict[str, GivenTree]) -> Iterator[OrderKey]:
    for name, tree in element.items():
        if is_computed(kind, name):
            for metric, direction in members_of(tree):
                yield OrderKey(Computed(kind.name, metric), _descending(direction))
            continue
        relation = next(
            (found for found in kind.relations if name.removesuffix("Count") == found.end.field), None
        )
        if relation is None:
            yield from _property_keys(policy, kind.properties, Holder.NODE, name, _descending(tree))
        elif relation.many:
            yield OrderKey(Counted(_traverse(policy, relation)), _descending(tree))
        else:
            target = policy.ontology.node(relation.target)
            for key in _kind_keys(policy, target, cast("dict[str, GivenTree]", tree)):
                yield OrderKey(Related(_traverse(policy, relation), key.operand), key.descending)


def _relation_keys(policy: Policy, relation: Relation, element: dict[str, GivenTree]) -> Iterator[OrderKey]:
    for name, tree in element.items():
        if name == "node":
            target = policy.ontology.node(relation.target)
            yield from _kind_keys(policy, target, cast("dict[str, GivenTree]", tree))
        else:
            yield from _property_keys(policy, relation.edge.properties, Holder.EDGE, name, _descending(tree))


def _property_keys(
    policy: Policy, properties: tuple[Property, ...], holder: Holder, name: str, descending: bool
) -> Iterator[OrderKey]:
    found = next(candidate for candidate in properties if candidate.field == name)
    policy.check(found)
    nullable = not found.required
    day = found.type in (ScalarType.DATE, ScalarType.PARTIAL_DATE)
    yield OrderKey(Stored(holder, found.order_name, nullable, day), descending)
    if found.type is ScalarType.PARTIAL_DATE:
        yield OrderKey(Stored(holder, found.last_day, nullable, day), descending)


def _traverse(policy: Policy, relation: Relation) -> Traverse:
    return Traverse(relation, policy.ontology.node(relation.target))


def _descending(tree: GivenTree) -> bool:
    return plain(cast(Given, tree).value) == "DESC"


def holds_days(operand: Operand) -> bool:
    """Whether an operand's values are days."""
    if isinstance(operand, Related):
        return holds_days(operand.operand)
    return isinstance(operand, Stored) and operand.day


def operand_text(operand: Operand) -> str:
    """An operand in words: part of the signature that binds cursors to an order."""
    match operand:
        case Stored():
            return f"{operand.holder.value}.{operand.name}"
        case Related():
            return f"{operand.traverse.relation.end.field}/{operand_text(operand.operand)}"
        case Counted():
            return f"count({operand.traverse.relation.end.field})"
        case KindName():
            return "kind"
        case Computed():
            return f"{FIELD}.{operand.name}"
        case _:
            return f"length({operand_text(operand.stored)})"
