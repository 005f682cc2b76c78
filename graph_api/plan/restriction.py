"""The condition under which a viewer sees a node of a kind that holds restricted ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import NodeType, Ontology
from graph_api.plan.tree import (
    ALWAYS,
    And,
    Not,
    OfKind,
    Or,
    Parameter,
    Predicate,
    Quantified,
    Quantifier,
    Seen,
    Traverse,
)


@dataclass(frozen=True, slots=True)
class Restriction:
    """Which nodes a viewer sees. ``kinds`` hold restricted nodes; ``level`` is that of the viewer's role.

    A node that cannot be without another one (``exactly one``) is hidden with it: shown alone it would be
    an error, and the error would tell.
    """

    ontology: Ontology
    kinds: frozenset[str]
    level: Parameter

    def of(self, *kinds: NodeType) -> Predicate | None:
        """The condition on a node that is of one of these kinds; nothing where all of them are seen."""
        return self._of(kinds, ())

    def _of(self, kinds: tuple[NodeType, ...], needing: tuple[str, ...]) -> Predicate | None:
        """The same, on the way from nodes that need this one: kinds that need each other end the way."""
        names = tuple(dict.fromkeys(name for kind in kinds for name in kind.concrete))
        parts: list[Predicate] = []
        if not self.kinds.isdisjoint(names):
            parts.append(Seen(self.level))
        for name in names:
            kind = self.ontology.node(name)
            needs = And(tuple(self._needs(kind, needing)))
            if needs.parts:
                parts.append(needs if len(names) == 1 else Or((Not(OfKind(kind, ALWAYS)), needs)))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _needs(self, kind: NodeType, needing: tuple[str, ...]) -> Iterator[Predicate]:
        """That the nodes are seen which a node of this kind needs."""
        if kind.name in needing:
            return
        for relation in kind.relations:
            if relation.end.cardinality is Cardinality.EXACTLY_ONE:
                target = self.ontology.node(relation.target)
                visible = self._of((target,), (*needing, kind.name))
                if visible is not None:
                    yield Quantified(Quantifier.SOME, Traverse(relation, target, visible=visible), ALWAYS)
