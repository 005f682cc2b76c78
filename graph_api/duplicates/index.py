"""Blocking: an inverted index that finds, for a record, the few others worth comparing.

Records are found by the meanings of their words, by three-letter pieces of their names (for other
spellings), by short forms, by consonants where a script leaves vowels out, and by the host of their
website. Each such feature counts by how rare it is; the most frequent ones are looked at only as long as
a record's budget lasts, so that finding candidates costs the same among 1,000 names and among 100,000.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.duplicates.compare import PreparedRecord, compare, prepared
from graph_api.duplicates.compare_names import Weigher
from graph_api.duplicates.lexicon import Lexicon, WordKind
from graph_api.duplicates.name_form import NameForm
from graph_api.duplicates.plain_words import consonants
from graph_api.duplicates.records import CandidatePair, MatchableRecord, RecordId

BUDGET = 4000
"""Postings that are read for one record, beside the rarest feature's: a common word has hundreds."""
COMPARED = 25
"""Candidates of one record that are compared: more than the namesakes that it can have."""
PROMISING = 0.2
"""A candidate that shares less than that with a record, against the best one, is not worth comparing."""
DEFAULT_THRESHOLD = 0.8
_PIECE = 3


@dataclass(frozen=True)
class RecordIndex:
    """Records, taken apart and indexed. ``postings`` has the positions of the records with a feature."""

    lexicon: Lexicon
    records: tuple[PreparedRecord, ...]
    postings: Mapping[str, Sequence[int]]
    positions: Mapping[RecordId, int]

    @cached_property
    def weigh(self) -> Weigher:
        """How much words count among these names."""
        return Weigher(self.lexicon, self.rarity)

    def rarity(self, concept: str) -> float:
        """How rare a word is among all names, from 0 (in every name) to 1 (in one, or in none)."""
        total = len(self.records)
        if total < 2:
            return 1.0
        return min(
            1.0, math.log(total / max(1, len(self.postings.get(f"w:{concept}", ())))) / math.log(total)
        )

    def others(self, short: str, left: PreparedRecord, right: PreparedRecord) -> int:
        """How many records beside two bear a short form, or have a name that it can be made of."""
        bearers = len(self.postings.get(f"a:{short}", ()))
        both = (self.positions.get(each.record.identity) for each in (left, right))
        known = (self.records[position] for position in both if position is not None)
        return bearers - sum(short in each.acronyms or short in each.initials for each in known)

    def candidates(self, record: PreparedRecord, limit: int = COMPARED) -> list[PreparedRecord]:
        """The records worth comparing with one, the most promising first; not that one itself."""
        scores: dict[int, float] = {}
        found = sorted(
            (len(postings), feature)
            for feature in set(features(record))
            if (postings := self.postings.get(feature))
        )
        spent = 0
        for size, feature in found:
            spent += size
            if spent > BUDGET and scores:
                break
            weight = _weight(feature) * math.log((1 + len(self.records)) / size)
            for position in self.postings[feature]:
                scores[position] = scores.get(position, 0.0) + weight
        scores.pop(self.positions.get(record.record.identity, -1), None)
        least = PROMISING * max(scores.values(), default=0.0)
        best = sorted((-score, position) for position, score in scores.items() if score >= least)
        return [self.records[position] for _, position in best[:limit]]

    def matches(
        self, record: MatchableRecord, threshold: float = DEFAULT_THRESHOLD, limit: int = COMPARED
    ) -> list[CandidatePair]:
        """The pairs of a record with those of the index that score at least the threshold, the best first."""
        known = self.positions.get(record.identity)
        one = prepared(record, self.lexicon) if known is None else self.records[known]
        pairs = (
            CandidatePair(record, other.record, compare(one, other, self.weigh, self.others))
            for other in self.candidates(one, limit)
        )
        return sorted((pair for pair in pairs if pair.score >= threshold), key=_best_first)

    def pairs(self, threshold: float = DEFAULT_THRESHOLD) -> Iterator[CandidatePair]:
        """Every pair within the index that scores at least the threshold, each once, in the order of keys."""
        seen: set[frozenset[RecordId]] = set()
        for one in self.records:
            for pair in self.matches(one.record, threshold):
                both = frozenset((pair.left.identity, pair.right.identity))
                if both not in seen:
                    seen.add(both)
                    yield pair


def index_of(records: Iterable[MatchableRecord], lexicon: Lexicon) -> RecordIndex:
    """Take records apart and index them; the order of the records changes no result."""
    known = tuple(prepared(each, lexicon) for each in sorted(records, key=lambda each: each.identity))
    postings: dict[str, array[int]] = {}
    for position, record in enumerate(known):
        for feature in set(features(record)):
            postings.setdefault(feature, array("L")).append(position)
    positions = {each.record.identity: position for position, each in enumerate(known)}
    return RecordIndex(lexicon, known, postings, positions)


def features(record: PreparedRecord) -> Iterator[str]:
    """What a record is found by; the letter in front says what it is."""
    for form in record.forms:
        yield from _name_features(form)
    for short in record.acronyms | record.initials:
        yield f"a:{short}"
    if record.record.host:
        yield f"h:{record.record.host}"


def _name_features(form: NameForm) -> Iterator[str]:
    for word in form.words:
        yield f"w:{word.concept}"
        if word.kind is WordKind.PLAIN:
            yield f"c:{consonants(word.text)}"
    telling = "".join(word.text for word in form.words if word.kind is WordKind.PLAIN) or form.compact
    for start in range(len(telling) - _PIECE + 1):
        yield f"p:{telling[start : start + _PIECE]}"


def _weight(feature: str) -> float:
    """Pieces of a word are many, so each counts less than the word."""
    return 0.3 if feature[0] in "pc" else 1.0


def _best_first(pair: CandidatePair) -> tuple[float, RecordId]:
    return -pair.score, pair.right.identity
