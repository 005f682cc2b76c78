"""Rewrites reach every part of a plan, and change nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from graph_api.ontology.model import NodeType, Relation
from graph_api.plan.as_of import as_of
from graph_api.plan.tree import (
    And,
    Connection,
    ConnectionColumn,
    Counted,
    EdgeList,
    EdgeNodeColumn,
    Holder,
    Not,
    OneColumn,
    OrderKey,
    Page,
    Parameter,
    PlanNode,
    Projection,
    Quantified,
    Quantifier,
    Related,
    RootPlan,
    Scan,
    Stored,
    Traverse,
    rewrite,
)
from tests.toy.ontology import TOY

DAY = Parameter("day")
NAME = Stored(Holder.NODE, "name", nullable=False)


def relation(kind: str, field: str) -> Relation:
    return next(found for found in TOY.node(kind).relations if found.end.field == field)


def traverse(kind: str, field: str) -> Traverse:
    found = relation(kind, field)
    return Traverse(found, TOY.node(found.target))


def projection(kind: str, *columns: OneColumn | ConnectionColumn) -> Projection:
    return Projection(((TOY.node(kind), columns),), tagged=False)


def connection(source: Scan | Traverse, *parts: EdgeList, order: tuple[OrderKey, ...] = ()) -> Connection:
    anybody = Quantified(Quantifier.EVERY, traverse("Person", "employments"), Not(And(())))
    page = Page(order, Parameter("limit"), None)
    return Connection("T", source, anybody, page, parts, "signature", with_cursor=False)


@pytest.fixture
def plan() -> RootPlan:
    seat = OneColumn("seat", traverse("Studio", "seat"), projection("City"))
    staff = connection(traverse("Studio", "staff"))
    studios = projection("Studio", seat, ConnectionColumn("staff", staff))
    inner = connection(
        traverse("Person", "employments"), EdgeList("edges", "E", (EdgeNodeColumn("node", studios),))
    )
    people = projection("Person", ConnectionColumn("employments", inner))
    order = (
        OrderKey(Counted(traverse("Person", "awards")), descending=True),
        OrderKey(Related(traverse("Studio", "seat"), NAME), descending=False),
        OrderKey(Counted(traverse("Person", "roles")), descending=False),
    )
    return RootPlan(
        connection(
            Scan(TOY.node("Person")), EdgeList("edges", "E", (EdgeNodeColumn("node", people),)), order=order
        )
    )


def traverses(node: object) -> Iterator[Traverse]:
    if isinstance(node, Traverse):
        yield node
    if isinstance(node, PlanNode):
        for field in fields(node):  # type: ignore[arg-type]  # every PlanNode is a dataclass
            yield from traverses(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from traverses(item)


def test_as_of_touches_every_dated_edge_and_no_other(plan: RootPlan) -> None:
    found = list(traverses(as_of(plan, DAY)))

    assert {each.relation.end.field for each in found} == {"employments", "staff", "seat", "awards", "roles"}
    assert len(found) > 7
    for each in found:
        assert each.valid_on == (DAY if each.relation.edge.dated else None)


def test_as_of_leaves_the_given_plan_as_it_is(plan: RootPlan) -> None:
    as_of(plan, DAY)

    assert all(each.valid_on is None for each in traverses(plan))


def test_a_rewrite_that_changes_nothing_gives_the_plan_itself(plan: RootPlan) -> None:
    assert rewrite(plan, lambda node: node) is plan


def test_a_rewrite_goes_from_the_leaves_up(plan: RootPlan) -> None:
    seen: list[PlanNode] = []

    def see(node: PlanNode) -> PlanNode:
        seen.append(node)
        return node

    rewrite(plan, see)

    assert seen[-1] is plan
    assert seen.index(plan.selection) < seen.index(plan)
    assert not any(isinstance(node, NodeType) for node in seen)
