"""The words of names that mean more or less than they say: legal forms, common words, places, articles.

``NameWords`` is how a domain declares them, as people write them; ``Lexicon`` is the same, looked up by
the plain form of a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from graph_api.duplicates.plain_words import plain_words


class WordKind(Enum):
    """What part a word has in a name."""

    PLAIN = "says which one it is"
    GENERIC = "is in many names"
    SCOPE = "says how far it reaches"
    PLACE = "says where it is"
    LEGAL_FORM = "says in which legal form"
    IGNORED = "an article, a preposition, a conjunction"


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a domain declares about the words of names.

    Groups map one meaning to the words for it, in all languages; a "word" may be several words.
    ``generic`` and ``scopes`` count less than other words (``weights``). ``translated`` words count in full.
    ``places`` are the words for a place and for its people. ``legal_forms`` are no part of what a name
    says. ``false_friends`` are words that look alike and mean something else. ``shared_hosts`` are hosts
    of websites that many have.
    """

    legal_forms: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    generic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    translated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    false_friends: tuple[tuple[str, str], ...] = ()
    shared_hosts: frozenset[str] = frozenset()
    weights: Mapping[WordKind, float] = field(
        default_factory=lambda: {WordKind.GENERIC: 0.3, WordKind.SCOPE: 0.3, WordKind.PLACE: 0.8}
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word is, and what it means in any language."""

    kind: WordKind
    concept: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Meanings by plain words; ``longest`` is the number of words of the longest entry."""

    meanings: Mapping[tuple[str, ...], Meaning]
    longest: int
    false_friends: frozenset[frozenset[str]]
    weights: Mapping[WordKind, float]
    shared_hosts: frozenset[str]

    def weight(self, kind: WordKind) -> float:
        """How much a word of this kind counts, from 0 to 1."""
        if kind in (WordKind.LEGAL_FORM, WordKind.IGNORED):
            return 0.0
        return self.weights.get(kind, 1.0)


def lexicon_of(words: NameWords) -> Lexicon:
    """The look-up of declared words; where two groups claim a word, the first of these kinds has it:
    ignored, legal form, scope, generic, translated, place."""
    meanings: dict[tuple[str, ...], Meaning] = {}
    for text, meaning in _declared(words):
        key = plain_words(text)
        if key:
            meanings.setdefault(key, meaning)
    friends = frozenset(
        frozenset((" ".join(plain_words(one)), " ".join(plain_words(other))))
        for one, other in words.false_friends
    )
    longest = max(map(len, meanings), default=1)
    return Lexicon(meanings, longest, friends, words.weights, words.shared_hosts)


def _declared(words: NameWords) -> Iterator[tuple[str, Meaning]]:
    for text in words.ignored:
        yield text, Meaning(WordKind.IGNORED, text)
    for text in words.legal_forms:
        yield text, Meaning(WordKind.LEGAL_FORM, text)
    groups = (
        (WordKind.SCOPE, words.scopes),
        (WordKind.GENERIC, words.generic),
        (WordKind.PLAIN, words.translated),
        (WordKind.PLACE, words.places),
    )
    for kind, group in groups:
        for concept, texts in group.items():
            for text in (concept, *texts) if kind is not WordKind.PLACE else texts:
                yield text, Meaning(kind, f"={concept}")
