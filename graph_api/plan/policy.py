"""What a viewer may see, as a rewrite of the plan and as one question about a property.

Kinds and edges that a viewer may not see do not exist in the rewritten plan: no list, count, filter
or order reaches them. Of kinds that hold restricted nodes, every node that a plan touches is checked.
A hidden property is null where it is asked for, and refused where it would decide which rows come
back or in which order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from graph_api.errors import ForbiddenError
from graph_api.ontology.model import DerivedProperty, EdgeType, NodeType, Ontology, Property
from graph_api.plan.restriction import Restriction
from graph_api.plan.tree import (
    ALWAYS,
    NEVER,
    And,
    Connection,
    HierarchySet,
    Listed,
    Lookup,
    LookupMany,
    Not,
    OfKind,
    PlanNode,
    Predicate,
    Projection,
    RelationAxis,
    Scan,
    Single,
    SourcesColumn,
    Traverse,
    rewrite,
)

Plan = TypeVar("Plan", bound=PlanNode)


@dataclass(frozen=True, slots=True)
class Policy:
    """What one role may see of an ontology, and of single nodes where some are restricted."""

    ontology: Ontology
    role: str
    restriction: Restriction | None = None

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
                return self._seen_steps(node)
            case Connection(source=Scan(kind)):
                return replace(node, predicate=self._seen_of(kind, node.predicate))
            case Lookup() | LookupMany():
                return replace(node, visible=self._rows_by_kind(node.kind))
            case SourcesColumn():
                return replace(node, visible=self._rows(node.kind))
            case HierarchySet():
                return replace(node, through=self._inside(node.hierarchy))
            case RelationAxis(hierarchy=EdgeType() as hierarchy):
                return replace(node, through=self._inside(hierarchy))
            case Single() | Listed():
                return replace(node, projection=self._narrowed(node.projection))
            case Projection(tagged=True):
                return self._narrowed(node)
            case _:
                return node

    def _narrowed(self, projection: Projection) -> Projection:
        seen = tuple(each for each in projection.by_kind if self._sees(each[0].visible_to))
        return replace(projection, by_kind=seen)

    def _seen_of(self, kind: NodeType, predicate: Predicate) -> Predicate:
        """The predicate of a list, for the nodes of its kind that the viewer sees."""
        if not self._sees(kind.visible_to):
            return NEVER
        rows = self._rows(kind)
        return predicate if rows is None else And((predicate, rows))

    def _seen_steps(self, traverse: Traverse) -> Traverse:
        visible = self._visible(traverse)
        if traverse.relation.transitive:
            return replace(traverse, visible=visible, through=self._inside(traverse.relation.edge))
        rows = self._rows(traverse.target)
        if rows is None or visible is NEVER:
            return replace(traverse, visible=visible)
        return replace(traverse, visible=rows if visible is None else And((visible, rows)))

    def _rows(self, kind: NodeType) -> Predicate | None:
        """The condition on a node of a kind under which the viewer sees it, where some are restricted."""
        return self.restriction.of(kind) if self.restriction else None

    def _rows_by_kind(self, kind: NodeType) -> tuple[tuple[str, Predicate], ...]:
        """The same for each kind that a node can be of."""
        found = ((each.name, self._rows(each)) for each in self._kinds(kind))
        return tuple((name, rows) for name, rows in found if rows is not None)

    def _inside(self, hierarchy: EdgeType) -> Predicate | None:
        """The condition on every node of a way through a hierarchy."""
        if self.restriction is None:
            return None
        return self.restriction.of(self.ontology.node(hierarchy.source), self.ontology.node(hierarchy.target))

    def _visible(self, traverse: Traverse) -> Predicate | None:
        hidden = [kind for kind in self._kinds(traverse.target) if not self._sees(kind.visible_to)]
        if not self._sees(traverse.relation.edge.visible_to) or hidden == self._kinds(traverse.target):
            return NEVER
        return And(tuple(Not(OfKind(kind, ALWAYS)) for kind in hidden)) if hidden else None

    def _kinds(self, kind: NodeType) -> list[NodeType]:
        return [self.ontology.node(name) for name in kind.concrete]
