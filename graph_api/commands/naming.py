"""Nodes of any kind, as people name them."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.problems import Problem, ProblemCode, Refusal


async def entity_named(draft: Draft, text: str, argument: str) -> StoredNode:
    """The node that ``Kind:KEY`` names, or to which its key leads; raises ``Refusal`` naming the argument."""
    kind, colon, key = text.partition(":")
    kinds = sorted(each.name for each in draft.ontology.kinds())
    if not colon or kind not in kinds:
        raise Refusal(
            Problem(
                ProblemCode.INVALID_VALUE,
                f"{text[:120]!r} names nothing.",
                argument,
                text[:120],
                remedy=f"Write Kind:KEY; the kinds are: {', '.join(kinds)}.",
            )
        )
    found = await draft.stored(NodeRef(kind, key))
    if found is None:
        message = f"There is no {kind} with the key {key[:120]!r}."
        raise Refusal(Problem(ProblemCode.NOT_FOUND, message, argument, key[:120]))
    return found
