"""Restricting single nodes to a role and those above it."""

from __future__ import annotations

from graph_api.changes.items import PutNode
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology.model import RESTRICTED_LEVEL


def level_of(node: StoredNode) -> int:
    """The place among the roles of the lowest that sees a node; 0 for one that is not restricted itself."""
    level = node.properties.get(RESTRICTED_LEVEL)
    return level if isinstance(level, int) else 0


def restrict(draft: Draft, node: StoredNode, role: str) -> None:
    """Let a node be seen by a role and those above it only; by all again with the lowest role."""
    level = draft.ontology.roles.index(role)
    if level > draft.ontology.roles.index(draft.viewer.role):
        message = f"The role {draft.viewer.role} would not see it itself."
        raise Refusal(Problem(ProblemCode.FORBIDDEN, message, "role", role))
    if node.ref.kind == draft.ontology.source_kind:
        message = "A source cannot be restricted: what rests on it would stand without one."
        raise Refusal(Problem(ProblemCode.NOT_ALLOWED, message, "entity", node.ref.key, rule="OPEN_SOURCES"))
    draft.put(PutNode(node.ref, {RESTRICTED_LEVEL: level or None}))
