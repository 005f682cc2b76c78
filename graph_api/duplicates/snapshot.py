"""Everything that is compared as one role sees it in one version of the graph, indexed and kept.

Reading and indexing 6,000 names takes half a second, so searches share it until the graph changes. It is
done in a thread: other requests are answered meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from graph_api.changes.kept import KeptByVersion
from graph_api.duplicates.identity import Identity
from graph_api.duplicates.index import RecordIndex, index_of
from graph_api.duplicates.reading import Known, known_of, read_known
from graph_api.duplicates.records import CandidatePair, MatchableRecord, RecordId
from graph_api.engine.protocol import Store
from graph_api.errors import LimitExceededError
from graph_api.ontology.folding import fold

LOWEST_THRESHOLD = 0.5
"""Below it, nearly every pair is chance, and there are many."""
MOST_SEARCHED = 10_000
"""Records for which candidates are looked for at once: some 20 seconds, once for a version of the graph."""
KEPT = 4
"""Snapshots that are kept: one for each role of a graph that does not change."""


@dataclass
class Snapshot:
    """The records, their index and the judged pairs, and the pairs that were found, by kind."""

    known: Known
    index: RecordIndex
    _pairs: dict[str, tuple[CandidatePair, ...]] = field(default_factory=dict)
    _finding: asyncio.Lock = field(default_factory=asyncio.Lock)

    @cached_property
    def places(self) -> frozenset[str]:
        """The keys of all places where a record is."""
        return frozenset(place for record in self.known.records for place in record.places)

    @cached_property
    def _names(self) -> tuple[tuple[str, MatchableRecord], ...]:
        """All names and short forms without case and accents, in their order."""
        named = (
            (fold(name), record)
            for record in self.known.records
            for name in (*record.names, *record.acronyms)
        )
        return tuple(sorted(named, key=lambda each: (each[0], each[1].identity)))

    def beginning_with(self, prefix: str) -> tuple[list[MatchableRecord], list[MatchableRecord]]:
        """The records a name of which begins with a folded prefix, and those of which a later word does."""
        within = f" {prefix}"
        first = [record for name, record in self._names if name.startswith(prefix)]
        return first, [record for name, record in self._names if within in name]

    def record(self, identity: RecordId) -> MatchableRecord | None:
        """The record with this kind and key."""
        position = self.index.positions.get(identity)
        return None if position is None else self.index.records[position].record

    def is_judged(self, pair: CandidatePair) -> bool:
        """Whether somebody has said already what the two are."""
        return frozenset((pair.left.identity, pair.right.identity)) in self.known.judged

    async def matches(self, record: MatchableRecord, threshold: float) -> tuple[CandidatePair, ...]:
        """The pairs of one record, the best first."""
        return tuple(self.index.matches(record, threshold))

    async def pairs(self, kind: str) -> tuple[CandidatePair, ...]:
        """All pairs of the records of a kind with any record, from the lowest threshold on, the best first.

        Raises ``LimitExceededError`` when there are too many records to look for them all.
        """
        records = [each.record for each in self.index.records if each.record.kind == kind]
        if len(records) > MOST_SEARCHED:
            raise LimitExceededError(
                f"Looking for the duplicates of {len(records):,} records at once takes too long.",
                remedy="Name the key of one of them.",
                limit_name="searched_records",
                value=len(records),
                limit=MOST_SEARCHED,
            )
        async with self._finding:
            if kind not in self._pairs:
                self._pairs[kind] = await asyncio.to_thread(_pairs_of, self.index, records)
        return self._pairs[kind]


def _pairs_of(index: RecordIndex, records: Iterable[MatchableRecord]) -> tuple[CandidatePair, ...]:
    found: dict[frozenset[RecordId], CandidatePair] = {}
    for record in records:
        for pair in index.matches(record, LOWEST_THRESHOLD):
            found.setdefault(frozenset((pair.left.identity, pair.right.identity)), pair)
    return tuple(sorted(found.values(), key=_best_first))


def _best_first(pair: CandidatePair) -> tuple[float, RecordId, RecordId]:
    return -pair.score, pair.left.identity, pair.right.identity


class Snapshots:
    """The snapshots of a store, by version and role; the oldest are forgotten."""

    def __init__(self, identity: Identity, store: Store) -> None:
        self.identity = identity
        self._store = store
        self._kept: KeptByVersion[Snapshot] = KeptByVersion(KEPT)

    async def at(self, version: Hashable, role: str) -> Snapshot:
        """The snapshot of a version as a role sees it; read anew where no version is known.

        Raises the errors of ``DatabaseError``.
        """
        return await self._kept.get(version, role, lambda: self._read(role))

    async def _read(self, role: str) -> Snapshot:
        rows = await self._store.read(read_known(self.identity, role))
        return await asyncio.to_thread(_snapshot, self.identity, role, rows)


def _snapshot(identity: Identity, role: str, rows: list[list[object]]) -> Snapshot:
    known = known_of(identity, role, rows)
    return Snapshot(known, index_of(known.records, identity.lexicon))
