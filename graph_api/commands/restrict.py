"""Restricting single nodes to a role and those above it."""

from __future__ import annotations

from graph_api.changes.items import NodeRef, PutNode
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology.model import RESTRICTED_LEVEL


async def named(draft: Draft, text: str, argument: str) -> StoredNode:
    """The node that ``Kind:KEY`` names; raises ``Refusal``."""
    kind, colon, key = text.partition(":")
    declared = draft.ontology.nodes.get(kind) if colon else None
    if declared is None or declared.abstract:
        message = f"{text[:120]!r} is not written as Kind:KEY."
        raise Refusal(Problem(ProblemCode.INVALID_VALUE, message, argument, text[:120]))
    found = await draft.stored(NodeRef(kind, key))
    if found is None:
        message = f"There is no {kind} with the key {key[:120]!r}."
        raise Refusal(Problem(ProblemCode.NOT_FOUND, message, argument, text[:120]))
    return found


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
