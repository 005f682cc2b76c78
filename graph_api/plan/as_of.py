"""The as-of rewrite: every dated edge in a plan has to hold on the day."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from graph_api.plan.tree import Computed, Parameter, PlanNode, Traverse, rewrite

Plan = TypeVar("Plan", bound=PlanNode)


def as_of(plan: Plan, day: Parameter) -> Plan:
    """The same plan, seeing only edges that hold, or may hold, on the day."""

    def change(node: PlanNode) -> PlanNode:
        if isinstance(node, Traverse) and node.relation.edge.dated:
            return replace(node, valid_on=day)
        if isinstance(node, Computed):
            return replace(node, valid_on=day)
        return node

    return rewrite(plan, change)
