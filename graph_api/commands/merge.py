"""Merging two records of one thing: every relation of one becomes the other's, and its key leads there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from graph_api.changes import log
from graph_api.changes.items import DropEdge, NodeRef, PutEdge
from graph_api.changes.redirects import put_redirect
from graph_api.commands.draft import Draft, StoredEdge, StoredNode
from graph_api.commands.undo import edges_of
from graph_api.imports.validate import edge_key
from graph_api.ontology.declare import Cardinality
from graph_api.values import Value

_SOURCES = "sources"


async def merge(draft: Draft, keep: StoredNode, gone: StoredNode) -> None:
    """Put the merge of two nodes of one kind into a draft: ``gone`` becomes a part of ``keep``.

    What ``keep`` says of itself stays. Of a relation that a node has once, it keeps its own; a relation
    that both have becomes one that rests on the sources of both. Undoing the change restores it all.
    """
    kind = keep.ref.kind
    mine = {_identity(each): each for each in await edges_of(draft, kind, [keep.ref.key])}
    placed = dict(mine)
    for each in await edges_of(draft, kind, [gone.ref.key]):
        draft.put(DropEdge(each.edge, each.key, each.source, each.target))
        moved = _moved(draft, each, gone.ref, keep.ref)
        if moved.source == moved.target or _is_second(draft, moved, placed.values()):
            continue
        known = placed.get(_identity(moved))
        if known is not None:
            moved = _joined(known, moved)
        placed[_identity(moved)] = moved
        draft.put(PutEdge(moved.edge, moved.key, moved.source, moved.target, moved.properties))
    draft.before += log.move_history(kind, gone.ref.key, keep.ref.key)
    draft.remove(gone.ref)
    draft.also += put_redirect(kind, gone.ref.key, keep.ref.key)


def _identity(edge: StoredEdge) -> tuple[str, NodeRef, NodeRef, str]:
    return edge.edge, edge.source, edge.target, edge.key


def _moved(draft: Draft, edge: StoredEdge, gone: NodeRef, keep: NodeRef) -> StoredEdge:
    source, target = (keep if end == gone else end for end in (edge.source, edge.target))
    key = edge_key(draft.ontology.edges[edge.edge], source, target, edge.properties)
    return StoredEdge(edge.edge, key, source, target, {**edge.properties, "key": key})


def _is_second(draft: Draft, edge: StoredEdge, others: Iterable[StoredEdge]) -> bool:
    """Whether it is another edge of a relation that a node has at most once."""
    if draft.ontology.edges[edge.edge].forward.cardinality is Cardinality.MANY:
        return False
    return bool(
        [
            each
            for each in others
            if each.edge == edge.edge and each.source == edge.source and each.target != edge.target
        ]
    )


def _joined(known: StoredEdge, moved: StoredEdge) -> StoredEdge:
    """One edge of two: what the first says, and what only the other says."""
    first = cast("list[Value]", known.properties.get(_SOURCES) or [])
    second = cast("list[Value]", moved.properties.get(_SOURCES) or [])
    sources = [*first, *(key for key in second if key not in first)]
    properties = {**moved.properties, **known.properties, _SOURCES: sources}
    return StoredEdge(known.edge, known.key, known.source, known.target, properties)
