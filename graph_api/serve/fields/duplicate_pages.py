"""Which pairs a request gets: found in the snapshot of the graph's version, filtered, cut to a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from graph_api.duplicates.identity import Identity
from graph_api.duplicates.index import DEFAULT_THRESHOLD
from graph_api.duplicates.records import CandidatePair
from graph_api.duplicates.snapshot import LOWEST_THRESHOLD, Snapshot
from graph_api.errors import InternalError, InvalidArgumentError, InvalidPageError, UnknownKeyError
from graph_api.plan.cursor import decode_cursor, encode_cursor, signature_of
from graph_api.plan.global_id import encode_id
from graph_api.serve.execution.context import ROLE, RUNTIME

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

DEFAULT_PAGE = 20
DUPLICATES_THRESHOLD = DEFAULT_THRESHOLD
_CURSOR_VALUES = 5
Place: TypeAlias = "tuple[float, str, str, str, str]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for."""

    kind: str
    key: str | None
    threshold: float
    first: int
    after: str | None
    judged: bool

    @property
    def signature(self) -> str:
        """What a cursor is bound to."""
        return signature_of(f"duplicates|{self.kind}|{self.key}|{self.threshold}|{self.judged}", ())


@dataclass(frozen=True, slots=True)
class PairPage:
    """A page of pairs; ``before`` and ``after`` say whether there are more on either side."""

    pairs: Sequence[CandidatePair]
    total: int
    signature: str
    before: bool
    after: bool

    def cursor(self, pair: CandidatePair) -> str:
        """Where a pair is in the list."""
        return encode_cursor(self.signature, _place(pair))

    def info(self) -> Mapping[str, object]:
        """The values of ``PageInfo``."""
        return {
            "hasNextPage": self.after,
            "hasPreviousPage": self.before,
            "startCursor": self.cursor(self.pairs[0]) if self.pairs else None,
            "endCursor": self.cursor(self.pairs[-1]) if self.pairs else None,
        }


def pair_id(pair: CandidatePair) -> str:
    """What tells a pair from every other one, whichever of its records comes first."""
    both = sorted((pair.left.identity, pair.right.identity))
    return "~".join(encode_id(kind, key) for kind, key in both)


async def snapshot_of(context: Mapping[str, object]) -> Snapshot:
    """The snapshot of the graph's version as the viewer sees it; raises the errors of ``DatabaseError``."""
    runtime = cast("Runtime", context[RUNTIME])
    if runtime.snapshots is None:
        raise InternalError("This server compares nothing.")
    role = cast(str, context.get(ROLE, runtime.vocabulary.ontology.public))
    version = await runtime.versions.certain()
    known = (version.graph, version.number) if version else None
    return await runtime.snapshots.at(known, role)


async def page_of(identity: Identity, context: Mapping[str, object], wanted: Wanted) -> PairPage:
    """The page; raises ``InvalidArgumentError`` and ``DatabaseError``, and their kinds."""
    kind = identity.kind_named(wanted.kind).name
    runtime = cast("Runtime", context[RUNTIME])
    _check(wanted, runtime.vocabulary.max_page)
    snapshot = await snapshot_of(context)
    found = await _pairs(snapshot, kind, wanted)
    kept = [
        pair
        for pair in found
        if pair.score >= wanted.threshold and (wanted.judged or not snapshot.is_judged(pair))
    ]
    start = _start(kept, wanted)
    end = start + wanted.first
    return PairPage(kept[start:end], len(kept), wanted.signature, start > 0, end < len(kept))


async def _pairs(snapshot: Snapshot, kind: str, wanted: Wanted) -> Sequence[CandidatePair]:
    if wanted.key is None:
        return await snapshot.pairs(kind)
    record = snapshot.record((kind, wanted.key))
    if record is None:
        raise UnknownKeyError(
            f"Nothing that is compared has the key '{wanted.key[:80]}'.",
            remedy=f"Ask for a key of {wanted.kind}.",
            argument="key",
            value=wanted.key[:80],
        )
    return await snapshot.matches(record, wanted.threshold)


def _check(wanted: Wanted, most: int) -> None:
    if not LOWEST_THRESHOLD <= wanted.threshold <= 1:
        raise InvalidArgumentError(
            f"'threshold' is {wanted.threshold:g}; it goes from {LOWEST_THRESHOLD:g} to 1.",
            argument="threshold",
            value=wanted.threshold,
        )
    if not 0 <= wanted.first <= most:
        raise InvalidPageError(
            f"'first' is {wanted.first}; it goes from 0 to {most}.", argument="first", value=wanted.first
        )


def _start(pairs: Sequence[CandidatePair], wanted: Wanted) -> int:
    """The position of the first pair after the cursor's, which may be gone."""
    if wanted.after is None:
        return 0
    score, *identities = decode_cursor(wanted.after, wanted.signature, _CURSOR_VALUES, "after")
    place = (-float(cast(float, score)), *map(str, identities))
    return bisect_right(pairs, place, key=lambda pair: (-pair.score, *_place(pair)[1:]))


def _place(pair: CandidatePair) -> Place:
    return (pair.score, *pair.left.identity, *pair.right.identity)
