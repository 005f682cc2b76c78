"""What a viewer may see, as a rewrite of the plan and as one question about a property.

Kinds and edges that a viewer may not see do not exist in the rewritten plan: no list, count, filter
or order reaches them. A hidden property is null where it is asked for, and refused where it would
decide which rows come back or in which order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from graph_api.errors import ForbiddenError
from graph_api.ontology.model import DerivedProperty, NodeType, Ontology, Property
from graph_api.plan.tree import (
    ALWAYS,
    NEVER,
    And,
    Connection,
    Listed,
    Not,
    OfKind,
    PlanNode,
    Predicate,
    Projection,
    Scan,
    Single,
    Traverse,
    rewrite,
)

Plan = TypeVar("Plan", bound=PlanNode)


@dataclass(frozen=True, slots=True)
class Policy:
    """What one role may see of an ontology."""

    ontology: Ontology
    role: str

    def sees(self, found: Property | DerivedProperty) -> bool:
        """Whether the viewer may see a property; a derived one, when all that it is made of."""
        if isinstance(found, DerivedProperty):
            return all(self.sees(read) for read in found.reads)
        return self._sees(found.visible_to)

    def check(self, found: Property) -> None:
        """Raise ``ForbiddenError`` when the viewer may not filter or order by a property."""
        if not self.sees(found):
            raise ForbiddenError(
                f"Your role may not filter or order by '{found.field}'.", field=found.field, role=self.role
            )

    def applied(self, plan: Plan) -> Plan:
        """The plan as this viewer may run it."""
        return rewrite(plan, self._change)

    def _sees(self, needed: str | None) -> bool:
        return self.ontology.sees(self.role, needed)

    def _change(self, node: PlanNode) -> PlanNode:
        match node:
            case Traverse():
                return replace(node, visible=self._visible(node))
            case Connection(source=Scan(kind)) if not self._sees(kind.visible_to):
                return replace(node, predicate=NEVER)
            case Single() | Listed():
                return replace(node, projection=self._narrowed(node.projection))
            case Projection(tagged=True):
                return self._narrowed(node)
            case _:
                return node

    def _narrowed(self, projection: Projection) -> Projection:
        seen = tuple(each for each in projection.by_kind if self._sees(each[0].visible_to))
        return replace(projection, by_kind=seen)

    def _visible(self, traverse: Traverse) -> Predicate | None:
        hidden = [kind for kind in self._kinds(traverse.target) if not self._sees(kind.visible_to)]
        if not self._sees(traverse.relation.edge.visible_to) or hidden == self._kinds(traverse.target):
            return NEVER
        return And(tuple(Not(OfKind(kind, ALWAYS)) for kind in hidden)) if hidden else None

    def _kinds(self, kind: NodeType) -> list[NodeType]:
        return [self.ontology.node(name) for name in kind.concrete]
