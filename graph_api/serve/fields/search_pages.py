"""Which hits a request gets: found in the index of the graph's version, limited, counted, cut to a page."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from graph_api.errors import InternalError, InvalidArgumentError, InvalidPageError
from graph_api.plan.cursor import damaged, decode_cursor, encode_cursor, signature_of
from graph_api.search.places import Facet, FacetValue, Places
from graph_api.search.records import Hit
from graph_api.search.scheme import SearchScheme
from graph_api.search.snapshot import NameIndex
from graph_api.serve.execution.context import ROLE, RUNTIME

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

DEFAULT_PAGE = 20
MOST_LETTERS = 500
"""Letters of a text: more than any name has."""
_CURSOR_VALUES = 3
_Place: TypeAlias = "tuple[float, int, str]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for."""

    text: str
    kinds: frozenset[str]
    within: tuple[str, ...]
    first: int
    after: str | None
    day: date | None

    @property
    def signature(self) -> str:
        """What a cursor is bound to."""
        parts = (self.text, sorted(self.kinds), sorted(self.within), self.day)
        return signature_of(f"search|{parts!r}", ())


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of hits, and all of them; ``before`` and ``after`` say whether there are more on either side."""

    wanted: Wanted
    hits: Sequence[Hit]
    every: Sequence[Hit]
    places: Places
    names: NameIndex
    before: bool
    after: bool

    def cursor(self, hit: Hit) -> str:
        """Where a hit is in the list."""
        return encode_cursor(self.wanted.signature, (hit.score, *hit.record.identity))

    def info(self) -> Mapping[str, object]:
        """The values of ``PageInfo``."""
        return {
            "hasNextPage": self.after,
            "hasPreviousPage": self.before,
            "startCursor": self.cursor(self.hits[0]) if self.hits else None,
            "endCursor": self.cursor(self.hits[-1]) if self.hits else None,
        }

    def facets(self) -> tuple[Facet, ...]:
        """What all hits are counted by."""
        return self.places.facets(self.every)

    def name_of(self, facet: Facet, value: FacetValue) -> str:
        """The name to show of a value."""
        return self.names.names.get((facet.kind, value.key), value.key)


async def hits_of(context: Mapping[str, object], wanted: Wanted) -> HitPage:
    """The page; raises ``InvalidArgumentError`` and ``DatabaseError``, and their kinds."""
    runtime = cast("Runtime", context[RUNTIME])
    _check(wanted, runtime.vocabulary.max_page)
    if runtime.searches is None:
        raise InternalError("This server searches nothing.")
    role = cast(str, context.get(ROLE, runtime.vocabulary.ontology.public))
    version = await runtime.versions.certain()
    known = (version.graph, version.number) if version else None
    names = await runtime.searches.names(known, role)
    places = await runtime.searches.places(known, role, wanted.day)
    scopes = places.scopes(wanted.within, runtime.versions.redirects)
    found = await asyncio.to_thread(names.index.search, wanted.text)
    kept = [
        hit
        for hit in found
        if (not wanted.kinds or hit.record.kind in wanted.kinds)
        and places.is_within(hit.record.identity, scopes)
    ]
    start = _start(kept, wanted, runtime.searches.scheme)
    end = start + wanted.first
    return HitPage(wanted, kept[start:end], kept, places, names, start > 0, end < len(kept))


def _check(wanted: Wanted, most: int) -> None:
    if len(wanted.text) > MOST_LETTERS:
        raise InvalidArgumentError(
            f"'text' has {len(wanted.text):,} letters; it can have {MOST_LETTERS}.",
            argument="text",
            value=wanted.text[:80],
        )
    if not 0 <= wanted.first <= most:
        raise InvalidPageError(
            f"'first' is {wanted.first}; it goes from 0 to {most}.", argument="first", value=wanted.first
        )


def _start(hits: Sequence[Hit], wanted: Wanted, scheme: SearchScheme) -> int:
    """The position of the first hit after the cursor's, which may be gone."""
    if wanted.after is None:
        return 0
    order = {each.kind.name: position for position, each in enumerate(scheme.kinds)}

    def place(score: float, kind: str, key: str) -> _Place:
        return -score, order.get(kind, len(order)), key

    score, kind, key = decode_cursor(wanted.after, wanted.signature, _CURSOR_VALUES, "after")
    if not isinstance(score, int | float):
        raise damaged(wanted.after, "after")
    at = place(float(score), str(kind), str(key))
    return bisect_right(hits, at, key=lambda hit: place(hit.score, *hit.record.identity))
