"""Pages of a ranking, with cursors that hold for the same question only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_api.errors import InvalidPageError
from graph_api.matching.scores import Score
from graph_api.plan.cursor import decode_cursor, encode_cursor, signature_of

_CURSOR_VALUES = 2


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page of scores, the best first; ``before`` and ``after`` say whether there are more."""

    scores: Sequence[Score]
    total: int
    signature: str
    before: bool
    after: bool

    def cursor(self, score: Score) -> str:
        """Where a score is in the ranking."""
        return encode_cursor(self.signature, score.place)

    def info(self) -> Mapping[str, object]:
        """The values of ``PageInfo``."""
        return {
            "hasNextPage": self.after,
            "hasPreviousPage": self.before,
            "startCursor": self.cursor(self.scores[0]) if self.scores else None,
            "endCursor": self.cursor(self.scores[-1]) if self.scores else None,
        }


def page_of(scores: Sequence[Score], question: str, first: int, after: str | None, most: int) -> RankedPage:
    """A page of a ranking; ``question`` is what its cursors are bound to.

    Raises ``InvalidPageError`` and ``InvalidCursorError``.
    """
    if not 0 <= first <= most:
        raise InvalidPageError(
            f"'first' is {first}; it goes from 0 to {most}.", argument="first", value=first
        )
    signature = signature_of(question, ())
    start = 0
    if after is not None:
        points, key = decode_cursor(after, signature, _CURSOR_VALUES, "after")
        place = (int(str(points)), str(key))
        start = bisect_right(scores, place, key=lambda each: each.place)
    end = start + first
    return RankedPage(scores[start:end], len(scores), signature, start > 0, end < len(scores))
