"""What is compared and what comes out: records, reasons, comparisons. All of it is frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

RecordId: TypeAlias = "tuple[str, str]"
"""The kind and the key of a record."""


@dataclass(frozen=True, slots=True)
class MatchableRecord:
    """A record as a comparison sees it.

    ``names`` has the name to show first, then its names in other languages and its aliases; ``places`` are
    keys of where it is, ``host`` is the host of its website without ``www.``.
    """

    kind: str
    key: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    host: str = ""

    @property
    def identity(self) -> RecordId:
        """Kind and key."""
        return self.kind, self.key


class ReasonKind(Enum):
    """What can speak for or against two records being the same."""

    SAME_KEY = "One was asked for by the key of the other."
    SAME_NAME = "The names are the same but for case, accents, punctuation and script."
    SHARED_WORDS = "The names share words; rare words count more than common ones."
    SAME_ACRONYM = "Both are known under the same short form."
    INITIALS = "The short form of one is made of the first letters of the other."
    SPELLING = "Words are spelled differently."
    WORD_ORDER = "The words come in another order."
    TRANSLATION = "Common words are in another language."
    LEGAL_FORM = "The legal forms differ."
    SCOPE = "Only one says how far it reaches, or they say it differently."
    OTHER_PLACE_IN_NAME = "The names name different places: they may be branches."
    PLACE_IN_ONE_NAME = "Only one of the names names a place: it may be a branch."
    OTHER_ACRONYM = "Their short forms differ."
    SAME_PLACE = "Both are in the same place."
    OTHER_PLACE = "They are in different places."
    SAME_WEBSITE = "Their websites have the same host."
    OTHER_WEBSITE = "Their websites have different hosts."


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence; the contributions of all reasons add up to the score."""

    kind: ReasonKind
    contribution: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names or two records are: ``score`` from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]

    def with_evidence(self, kind: ReasonKind, weight: float, detail: str = "") -> Comparison:
        """The comparison with one more reason.

        A positive ``weight`` closes that share of what is missing to 1, a negative one takes that share of
        the score away, so that the score stays between 0 and 1 and contributions always add up.
        """
        change = weight * (1 - self.score) if weight > 0 else weight * self.score
        if abs(change) < _NOTHING:
            return self
        return Comparison(self.score + change, (*self.reasons, Reason(kind, change, detail)))


_NOTHING = 1e-9
NO_EVIDENCE = Comparison(0.0, ())


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two records that may be the same, and how they compare."""

    left: MatchableRecord
    right: MatchableRecord
    comparison: Comparison

    @property
    def score(self) -> float:
        """The score of the comparison."""
        return self.comparison.score
