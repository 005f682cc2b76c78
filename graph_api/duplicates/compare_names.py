"""How alike two names are.

Words are matched one to one, by what they mean, then by spelling. The share that matched, weighted by how
rare and how telling each word is, makes the score; what differs beside it takes some away, each as a
reason of its own. The constants were chosen on the training half of ``benchmarks/duplicates.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rapidfuzz.distance import OSA

from graph_api.duplicates.lexicon import Lexicon, WordKind
from graph_api.duplicates.name_form import NameForm, Word
from graph_api.duplicates.plain_words import consonants
from graph_api.duplicates.records import NO_EVIDENCE, Comparison, Reason, ReasonKind

SURE = 0.97
"""The score of equal names: two bodies can bear one name."""
STEEPNESS = 1.6
"""The score falls faster than the share of matched words: one rare word makes another name."""
ALIKE = 0.75
"""The least likeness of two words that are taken for spellings of one."""
ALIKE_LETTERS = 4
"""Shorter words are different words when a letter differs."""
OTHER_SPELLING, OTHER_ORDER, OTHER_LANGUAGE, OTHER_FORM = 0.6, 0.02, 0.03, 0.02
OTHER_SCOPE, ONE_SCOPE, OTHER_PLACES, ONE_PLACE = 0.3, 0.1, 0.7, 0.35

COMMON = 0.2
"""What is left of the weight of a word that every name has."""
Rarity: TypeAlias = Callable[[str], float]
"""How rare the word for a concept is among all names, from 0 to 1."""


def everything_rare(_concept: str) -> float:
    """The rarity of words where no other names are known."""
    return 1.0


@dataclass(frozen=True, slots=True)
class Weigher:
    """How much words count: by what they are and how rare they are. What was weighed is remembered."""

    lexicon: Lexicon
    rarity: Rarity = everything_rare
    _known: dict[str, float] = field(default_factory=dict)

    def __call__(self, word: Word) -> float:
        """The weight of a word, from 0 to 1."""
        found = self._known.get(word.concept)
        if found is None:
            found = self.lexicon.weight(word.kind) * (COMMON + (1 - COMMON) * self.rarity(word.concept))
            self._known[word.concept] = found
        return found


@dataclass(frozen=True, slots=True)
class _Matched:
    """Which words of two names belong together, how alike each pair is, and which are left over."""

    pairs: tuple[tuple[Word, Word, float], ...]
    left_over: tuple[Word, ...]
    right_over: tuple[Word, ...]


def compare_names(left: NameForm, right: NameForm, weigh: Weigher) -> Comparison:
    """How alike two names are, by their words."""
    if not left.words or not right.words:
        return NO_EVIDENCE
    left, right = _without_short_form(left, right), _without_short_form(right, left)
    matched = _match(left, right, weigh.lexicon)
    shared = sum(weigh(one) + weigh(other) for one, other, _ in matched.pairs)
    over = sum(map(weigh, (*matched.left_over, *matched.right_over)))
    if shared == 0:
        return NO_EVIDENCE
    score = SURE * (shared / (shared + over)) ** STEEPNESS
    return _qualified(_words_reason(score, matched), left, right, matched, weigh)


def _without_short_form(form: NameForm, other: NameForm) -> NameForm:
    """A name without the word that is the other's short form: one wrote it in brackets, one did not."""
    short = other.acronyms | other.initials
    words = tuple(word for word in form.words if word.text not in short)
    return replace(form, words=words) if words and len(words) < len(form.words) else form


def _words_reason(score: float, matched: _Matched) -> Comparison:
    if not matched.left_over and not matched.right_over:
        same = all(one.text == other.text for one, other, _ in matched.pairs)
        kind = ReasonKind.SAME_NAME if same else ReasonKind.SHARED_WORDS
        return Comparison(score, (Reason(kind, score, _texts(one for one, _, _ in matched.pairs)),))
    detail = _texts(one for one, _, _ in matched.pairs)
    for over in (matched.left_over, matched.right_over):
        detail += f"; only in one: {_texts(over)}" if over else ""
    return Comparison(score, (Reason(ReasonKind.SHARED_WORDS, score, detail),))


def _qualified(
    found: Comparison,
    left: NameForm,
    right: NameForm,
    matched: _Matched,
    weigh: Weigher,
) -> Comparison:
    """The comparison with what differs beside the words that are missing."""
    total = sum(weigh(one) + weigh(other) for one, other, _ in matched.pairs)
    lost = sum((1 - alike) * (weigh(one) + weigh(other)) for one, other, alike in matched.pairs)
    unlike = [f"{one.text}/{other.text}" for one, other, alike in matched.pairs if alike < 1]
    if total:
        found = found.with_evidence(ReasonKind.SPELLING, -OTHER_SPELLING * lost / total, ", ".join(unlike))
    translated = [
        f"{one.text}/{other.text}"
        for one, other, alike in matched.pairs
        if alike == 1 and one.text != other.text
    ]
    if translated:
        found = found.with_evidence(ReasonKind.TRANSLATION, -OTHER_LANGUAGE, ", ".join(translated))
    if _order_differs(left, right, matched):
        found = found.with_evidence(ReasonKind.WORD_ORDER, -OTHER_ORDER)
    if left.legal_forms != right.legal_forms:
        forms = " / ".join(", ".join(sorted(each)) for each in (left.legal_forms, right.legal_forms))
        found = found.with_evidence(ReasonKind.LEGAL_FORM, -OTHER_FORM, forms)
    return _with_branches(found, matched)


def _with_branches(found: Comparison, matched: _Matched) -> Comparison:
    """Less, where the names say that they are different branches of something."""
    places = [_of_kind(over, WordKind.PLACE) for over in (matched.left_over, matched.right_over)]
    scopes = [_of_kind(over, WordKind.SCOPE) for over in (matched.left_over, matched.right_over)]
    if all(places):
        return found.with_evidence(
            ReasonKind.OTHER_PLACE_IN_NAME, -OTHER_PLACES, " / ".join(map(_texts, places))
        )
    if any(places):
        named = places[0] or places[1]
        found = found.with_evidence(ReasonKind.PLACE_IN_ONE_NAME, -ONE_PLACE, _texts(named))
    if any(scopes):
        both = all(one or other for one, other in zip(scopes, places[::-1], strict=True)) or all(scopes)
        weight = OTHER_SCOPE if both or any(places) else ONE_SCOPE
        found = found.with_evidence(ReasonKind.SCOPE, -weight, _texts((*scopes[0], *scopes[1])))
    return found


def _match(left: NameForm, right: NameForm, lexicon: Lexicon) -> _Matched:
    pairs: list[tuple[Word, Word, float]] = []
    rest = list(right.words)
    unmatched: list[Word] = []
    by_concept: dict[str, list[Word]] = {}
    for word in rest:
        by_concept.setdefault(word.concept, []).append(word)
    for word in left.words:
        same = by_concept.get(word.concept)
        if same:
            other = next((each for each in same if each.text == word.text), same[0])
            same.remove(other)
            rest.remove(other)
            pairs.append((word, other, 1.0))
        else:
            unmatched.append(word)
    few_vowels = left.few_vowels != right.few_vowels
    return _match_spellings(pairs, unmatched, rest, lexicon, few_vowels=few_vowels)


def _match_spellings(
    pairs: list[tuple[Word, Word, float]],
    left: list[Word],
    right: list[Word],
    lexicon: Lexicon,
    *,
    few_vowels: bool,
) -> _Matched:
    """Match what is left by spelling: the likest words first, then all that is left, written together."""
    likely = sorted(
        (
            (alike, i, j)
            for i, one in enumerate(left)
            for j, other in enumerate(right)
            if (alike := likeness(one, other, lexicon, few_vowels=few_vowels)) >= ALIKE
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    lefts, rights = dict(enumerate(left)), dict(enumerate(right))
    for alike, i, j in likely:
        if i in lefts and j in rights:
            pairs.append((lefts.pop(i), rights.pop(j), alike))
    left, right = list(lefts.values()), list(rights.values())
    if left and right and len(left) != len(right):
        one, other = _together(left), _together(right)
        alike = likeness(one, other, lexicon, few_vowels=few_vowels)
        if alike >= ALIKE:
            return _Matched((*pairs, (one, other, alike)), (), ())
    return _Matched(tuple(pairs), tuple(left), tuple(right))


def likeness(one: Word, other: Word, lexicon: Lexicon, *, few_vowels: bool = False) -> float:
    """How alike the spellings of two words are, from 0 to 1; 0 for words that are known to differ."""
    if few_vowels:
        sounds = consonants(one.text), consonants(other.text)
        if min(map(len, sounds)) >= 2:
            alike = float(OSA.normalized_similarity(*sounds))
            return 0.9 * alike if alike >= ALIKE else 0.0
        return 0.0
    shorter, longer = sorted((len(one.text), len(other.text)))
    if shorter < ALIKE_LETTERS or shorter < ALIKE * longer:
        return 0.0
    if WordKind.PLACE is one.kind is other.kind or WordKind.SCOPE is one.kind is other.kind:
        return 0.0
    alike = float(OSA.normalized_similarity(one.text, other.text, score_cutoff=ALIKE))
    if alike and frozenset((one.text, other.text)) in lexicon.false_friends:
        return 0.0
    return alike


def _together(words: list[Word]) -> Word:
    text = "".join(word.text.replace(" ", "") for word in words)
    return Word(text, WordKind.PLAIN, text)


def _order_differs(left: NameForm, right: NameForm, matched: _Matched) -> bool:
    lefts, rights = _positions(left), _positions(right)
    ordered = sorted(
        (lefts[one.text], rights[other.text])
        for one, other, _ in matched.pairs
        if one.text in lefts and other.text in rights
    )
    places = [right for _, right in ordered]
    return places != sorted(places)


def _positions(form: NameForm) -> Mapping[str, int]:
    return {word.text: position for position, word in enumerate(form.words)}


def _of_kind(words: tuple[Word, ...], kind: WordKind) -> tuple[Word, ...]:
    return tuple(word for word in words if word.kind is kind)


def _texts(words: Iterable[Word]) -> str:
    return ", ".join(word.text for word in words)
