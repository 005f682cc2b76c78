"""The history as people read it: the changes, and what each of them did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from graph_api.changes import log
from graph_api.changes.images import as_text
from graph_api.changes.items import Applied, DropEdge, Image, NodeRef, PutEdge
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Row, Store
from graph_api.ontology import Ontology

_TOLD = (
    "c.number, c.time, c.actor, c.role, c.command, c.name, "
    "c.reason, c.sources, c.items, c.undoes, c.undone_by"
)


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change: who made it, when, by what and why; ``sources`` are what its facts rest on."""

    number: int
    time: str
    actor: str
    role: str
    command: str
    name: str
    reason: str | None
    sources: tuple[str, ...]
    items: int | None
    undoes: int | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class ToldItem:
    """What a change did to a node or an edge; ``before`` and ``after`` are JSON of what differs."""

    outcome: str
    item: str
    before: str | None
    after: str | None


async def latest_changes(store: Store, limit: int, about: NodeRef | None = None) -> list[ToldChange]:
    """The latest changes, or the latest that touched a node, the newest first.

    The kind of the node has to be one of the ontology. Raises the errors of ``DatabaseError``.
    """
    if about is None:
        # The condition lets the index of the numbers give the order.
        found, parameters = f"(c:{log.CHANGE}) WHERE c.number >= 0", {}
    else:
        found, parameters = (
            f"(:{about.kind} {{key: $key}})<-[:{log.TOUCHED}]-(c:{log.CHANGE})",
            {"key": about.key},
        )
    text = f"MATCH {found} WITH c ORDER BY c.number DESC LIMIT $limit RETURN {_TOLD}"
    return [_told(row) for row in await store.read(Statement(text, {**parameters, "limit": limit}))]


async def change_numbered(store: Store, number: int) -> ToldChange | None:
    """One change, when there is one; raises the errors of ``DatabaseError``."""
    text = f"MATCH (c:{log.CHANGE} {{key: $key}}) RETURN {_TOLD}"
    rows = await store.read(Statement(text, {"key": log.change_key(number)}))
    return _told(rows[0]) if rows else None


async def items_numbered(store: Store, ontology: Ontology, number: int) -> list[ToldItem]:
    """What one change did, in its order, with the properties that the ontology declares."""
    rows = await store.read(log.records_of(number))
    return list(_items(ontology, rows))


def _told(row: Row) -> ToldChange:
    number, time, actor, role, command, name, reason, sources, *figures = row
    items, undoes, undone_by = cast("list[int | None]", figures)
    rests_on = tuple(map(str, cast("list[object]", sources or [])))
    who = (str(time), str(actor), str(role), str(command), str(name))
    why = None if reason is None else str(reason)
    return ToldChange(cast(int, number), *who, why, rests_on, items, undoes, undone_by)


def _items(ontology: Ontology, rows: Sequence[Row]) -> Iterator[ToldItem]:
    for applied in log.items_of(rows):
        declared = _declared(ontology, applied)
        texts = [as_text(_only(image, declared)) for image in (applied.before, applied.after)]
        yield ToldItem(applied.outcome.value, _named(applied), *texts)


def _named(applied: Applied) -> str:
    item = applied.item
    if isinstance(item, PutEdge | DropEdge):
        return f"{item.edge} {item.key}"
    return str(item.ref)


def _declared(ontology: Ontology, applied: Applied) -> set[str]:
    item = applied.item
    if isinstance(item, PutEdge | DropEdge):
        return {found.name for found in ontology.edges[item.edge].properties}
    return {found.name for found in ontology.node(item.ref.kind).properties}


def _only(image: Image | None, names: set[str]) -> Image | None:
    return None if image is None else {name: value for name, value in image.items() if name in names}
