"""The words of all names, and which of them a word of a query can stand for.

A word stands for itself, for words that mean the same, for words that it is the beginning of, for words
that differ by a typing error, and, where nothing else fits, for words that sound alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph_api.duplicates.lexicon import Lexicon, WordKind
from graph_api.duplicates.plain_words import consonants

SAME_MEANING = 0.85
ONE_ERROR, ONE_ERROR_SHORT, TWO_ERRORS = 0.85, 0.7, 0.65
"""How alike words are that differ by as many letters left out, added, changed or swapped with the next."""
BEGINNING, BEGINNING_OF_LAST = (0.5, 0.3), (0.65, 0.3)
"""How alike a word and its beginning are at least, and what the share of its letters adds to that: the last
word of a query is still being typed."""
SOUND, SOUND_SPELLING = 0.45, 0.4
"""The same for words with the same consonants, and what their spelling adds."""
ERROR_LETTERS, SHORT_LETTERS, TWO_ERROR_LETTERS = 4, 5, 7
"""From how many letters on an error is taken for one, up to how many a word is short, and from how many on
two errors are taken for such."""
BEGINNING_LETTERS = 3
"""The least letters of a beginning that is not the last word."""
MOST_TERMS = 200
"""Words that one beginning can stand for: those that most names have."""
Key = TypeVar("Key")
_UNTELLING = (WordKind.IGNORED, WordKind.LEGAL_FORM)


@dataclass(frozen=True, slots=True)
class Terms:
    """The distinct words of names, sorted, with what finds them; ``counts`` says how many names have each."""

    words: Sequence[str]
    counts: Mapping[str, int]
    lexicon: Lexicon
    shortened: Mapping[str, Sequence[str]]
    sounding: Mapping[str, Sequence[str]]
    meaning: Mapping[str, Sequence[str]]
    lengths: Mapping[int, Sequence[str]]

    def is_telling(self, word: str) -> bool:
        """Whether a word says anything: no article, preposition, or legal form."""
        found = self.lexicon.meanings.get((word,))
        return found is None or found.kind not in _UNTELLING

    def is_article(self, word: str) -> bool:
        """Whether a word is an article, a preposition or a conjunction."""
        found = self.lexicon.meanings.get((word,))
        return found is not None and found.kind is WordKind.IGNORED

    def alike(self, word: str, *, last: bool, transliterated: bool) -> dict[str, float]:
        """The words that a word of a query can stand for, each with how alike they are, the least first.

        ``last`` says that it may be unfinished, ``transliterated`` that its letters came from another script.
        """
        found: dict[str, float] = {}
        known = word in self.counts
        if last or (not known and len(word) >= BEGINNING_LETTERS):
            _put(found, self._continued(word, last=last))
        near = dict(self._misspelled(word))
        if not known and not near:
            _put(found, self._twice_misspelled(word))
        if transliterated or not (known or near or found):
            _put(found, self._sounding(word))
        _put(found, near.items())
        _put(found, ((other, SAME_MEANING) for other in self._meaning_the_same(word)))
        if known:
            found[word] = 1.0
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two known words that a word is written together of."""
        for at in range(BEGINNING_LETTERS, len(word) - BEGINNING_LETTERS + 1):
            if word[:at] in self.counts and word[at:] in self.counts:
                return word[:at], word[at:]
        return None

    def _continued(self, beginning: str, *, last: bool) -> Iterator[tuple[str, float]]:
        start = bisect_left(self.words, beginning)
        end = bisect_left(self.words, f"{beginning}\x7f")
        words = self.words[start:end]
        if len(words) > MOST_TERMS:
            words = sorted(words, key=lambda word: (-self.counts[word], word))[:MOST_TERMS]
        least, more = BEGINNING_OF_LAST if last else BEGINNING
        return ((word, least + more * len(beginning) / len(word)) for word in words if word != beginning)

    def _misspelled(self, word: str) -> Iterator[tuple[str, float]]:
        """The words at a distance of one: both become the same when a letter is left out, or one has it."""
        if len(word) < ERROR_LETTERS:
            return
        near = {other for short in (word, *_shortened(word)) for other in self.shortened.get(short, ())}
        near.update(short for short in _shortened(word) if short in self.counts)
        likeness = ONE_ERROR if len(word) > SHORT_LETTERS else ONE_ERROR_SHORT
        for other in near:
            if other != word and OSA.distance(word, other, score_cutoff=1) == 1:
                yield other, likeness

    def _twice_misspelled(self, word: str) -> Iterator[tuple[str, float]]:
        if len(word) < TWO_ERROR_LETTERS:
            return
        for length in range(len(word) - 2, len(word) + 3):
            words = self.lengths.get(length, ())
            for other, _, _ in process.extract_iter(word, words, scorer=OSA.distance, score_cutoff=2):
                yield other, TWO_ERRORS

    def _sounding(self, word: str) -> Iterator[tuple[str, float]]:
        sound = consonants(word)
        if len(sound) > 1:
            for other in self.sounding.get(sound, ()):
                yield other, SOUND + SOUND_SPELLING * OSA.normalized_similarity(word, other)

    def _meaning_the_same(self, word: str) -> Sequence[str]:
        meaning = self.lexicon.meanings.get((word,))
        return self.meaning.get(meaning.concept, ()) if meaning else ()


def terms_of(counts: Mapping[str, int], lexicon: Lexicon) -> Terms:
    """Index the words of names, given how many names have each."""
    words = sorted(counts)
    long = [word for word in words if len(word) >= ERROR_LETTERS]
    return Terms(
        words,
        counts,
        lexicon,
        _grouped((short, word) for word in long for short in _shortened(word)),
        _grouped((sound, word) for word in words if len(sound := consonants(word)) > 1),
        _grouped(
            (meaning.concept, word)
            for word in words
            if (meaning := lexicon.meanings.get((word,))) and meaning.kind not in _UNTELLING
        ),
        _grouped((len(word), word) for word in words),
    )


def _shortened(word: str) -> set[str]:
    """A word with each of its letters left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {}
    for key, word in pairs:
        found.setdefault(key, []).append(word)
    return found


def _put(found: dict[str, float], more: Iterable[tuple[str, float]]) -> None:
    for word, likeness in more:
        found[word] = max(likeness, found.get(word, 0.0))
