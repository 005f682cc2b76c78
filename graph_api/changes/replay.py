"""The graph made again from its log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

from graph_api.changes import log
from graph_api.changes.apply import edit
from graph_api.changes.items import Header, Item
from graph_api.changes.version import read_version, version_of
from graph_api.changes.writing import Writing
from graph_api.engine.protocol import Row, Store
from graph_api.ontology import Ontology

REPLAY = "replay"
"""The command that stands in the new log for a change that was made again."""
_RECORDS = 50


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many changes were made again, with how many items."""

    changes: int
    items: int


async def replay(source: Store, target: Store, ontology: Ontology, actor: str, *, after: int = 0) -> Replayed:
    """Make every change in the log of ``source`` after a number again in ``target``, in their order.

    What is written meanwhile is left out. Into an empty graph, this gives the same kinds of nodes and
    edges with the same properties. Raises ``BrokenEditError`` when the target does not allow a change,
    and the errors of ``DatabaseError``.
    """
    changes = items = 0
    version = version_of(await source.read(read_version()))
    last = version.number if version else 0
    async for number, records in _changes(source, after, last):
        portions: list[list[Item]] = [[each.item for each in log.items_of([row])] for row in records]

        async def work(writing: Writing, portions: list[list[Item]] = portions) -> None:
            for portion in portions:
                await writing.write(portion)

        header = Header(REPLAY, f"{log.change_key(number)} made again", actor, ontology.roles[-1])
        await edit(target, ontology, header, work)
        changes += 1
        items += sum(map(len, portions))
    return Replayed(changes, items)


async def _changes(store: Store, after: int, last: int) -> AsyncIterator[tuple[int, list[Row]]]:
    """The records of each later change; of all, a bounded number is held at a time."""
    seen = (after, 2**31)
    current: int | None = None
    held: list[Row] = []
    while True:
        rows = await store.read(log.records_from(*seen, _RECORDS))
        for row in rows:
            number = cast(int, row[0])
            if number > last:
                rows = []
                break
            if current is not None and number != current:
                yield current, held
                held = []
            current = number
            held.append(row)
            seen = (number, cast(int, row[1]))
        if not rows:
            break
    if current is not None:
        yield current, held
