"""Which nodes that are about to be created may be there already, for imports."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from graph_api.changes.items import NodeRef
from graph_api.duplicates.identity import ComparedKind, Identity
from graph_api.duplicates.index import DEFAULT_THRESHOLD
from graph_api.duplicates.reading import host_of
from graph_api.duplicates.records import CandidatePair, MatchableRecord
from graph_api.duplicates.snapshot import Snapshot, Snapshots
from graph_api.imports.records import StoredNode
from graph_api.imports.rows.decision import PossibleDuplicate
from graph_api.ontology.model import Property

Version = Callable[[], Awaitable[Hashable]]


@dataclass(slots=True)
class DuplicateFinder:
    """Compares new nodes with those of their own kind that a role sees, as the graph was before the import.

    ``version`` tells the version of the graph, so that what was indexed for it is used again.
    """

    identity: Identity
    snapshots: Snapshots
    version: Version
    role: str
    _snapshot: Snapshot | None = field(default=None)

    async def __call__(self, nodes: Sequence[StoredNode]) -> Mapping[NodeRef, PossibleDuplicate]:
        """The most likely duplicate of each node that has one; raises the errors of ``DatabaseError``."""
        kinds = {each.kind.name: each for each in self.identity.kinds}
        records = [_record(kinds[node.ref.kind], node) for node in nodes if node.ref.kind in kinds]
        if not records:
            return {}
        if self._snapshot is None:
            self._snapshot = await self.snapshots.at(await self.version(), self.role)
        return await asyncio.to_thread(_found, self._snapshot, records)


def _found(snapshot: Snapshot, records: Sequence[MatchableRecord]) -> dict[NodeRef, PossibleDuplicate]:
    found: dict[NodeRef, PossibleDuplicate] = {}
    for record in records:
        pairs = snapshot.index.matches(record, DEFAULT_THRESHOLD)
        best = next((pair for pair in pairs if pair.right.kind == record.kind), None)
        if best is not None:
            found[NodeRef(record.kind, record.key)] = _possible(best)
    return found


def _possible(pair: CandidatePair) -> PossibleDuplicate:
    why = [each.kind.value.rstrip(".") for each in pair.comparison.reasons if each.contribution > 0]
    return PossibleDuplicate(pair.right.key, pair.right.names[0], pair.score, "; ".join(why).lower())


def _record(kind: ComparedKind, node: StoredNode) -> MatchableRecord:
    """The record of a node that is not stored yet; where it is, only its relations will say."""
    website = node.properties.get(kind.website.name) if kind.website else None
    return MatchableRecord(
        node.ref.kind,
        node.ref.key,
        _texts(kind.names, node),
        _texts(kind.acronyms, node),
        frozenset(),
        host_of(str(website)) if website else "",
    )


def _texts(properties: Sequence[Property], node: StoredNode) -> tuple[str, ...]:
    found: list[str] = []
    for each in properties:
        value = node.properties.get(each.name)
        found += [str(text) for text in (value if isinstance(value, list) else [value]) if text]
    return tuple(dict.fromkeys(found))
