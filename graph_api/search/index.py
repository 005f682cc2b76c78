"""An inverted index of names, and the ranking of what it finds.

A name fits a query by the share of the query's words that it has, weighted by how rare and how telling each
word is; then by how much of the name the query says, and by the order of the letters. An entity counts by
its best name. The constants were chosen on queries made of one half of a list of real names
(``benchmarks/search.py``); what is stated there was measured on the other half.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from graph_api.duplicates.lexicon import Lexicon
from graph_api.duplicates.plain_words import plain_words
from graph_api.search.records import Hit, SearchedRecord
from graph_api.search.terms import Terms, terms_of

MOST_WORDS = 16
"""Words of a query that are looked up; a name has fewer."""
COMMON = 0.2
"""What is left of the weight of a word that every name has."""
OF_NAME, OF_LETTERS = 0.15, 0.1
"""What the share of the name that the query says, and the likeness of the letters, count in a score."""
BEGINNING = 0.95
"""What a name that begins as the query does has of it at least: its last word is still being typed."""
JOINED = 0.95
"""How alike two words are to the same written together."""
SAME_SHORT_FORM, INITIALS = 0.97, 0.8
"""The scores of a name that is the query but for spaces, has it in brackets, or is of the entity with that
key; and of one whose words begin with its letters."""
LOOSE_INITIALS, LOOSE_LETTERS = 0.65, 4
"""The score where the letters are one more than the telling words, and up to how many are too few for that:
short forms have letters of small words too."""
INITIAL_LETTERS, SHORT_FORM_LETTERS = 3, 14
LEAST, LEAST_OF_BEST = 0.25, 0.6
"""The least score, as such and as a share of the best one: what fits much worse is chance."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ANOTHER_SCRIPT = "\u0370"
"""The first letter behind those of Latin script."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Names by their words.

    ``owners`` has the position of each name's record, ``weights`` the sum of its words' weights and
    ``letters`` its words without spaces. ``postings`` has the positions of the names with a word,
    ``initials`` of those whose words begin with some letters, ``short_forms`` of those that they stand for.
    """

    records: Sequence[SearchedRecord]
    terms: Terms
    names: Sequence[str]
    owners: Sequence[int]
    weights: Sequence[float]
    letters: Sequence[str]
    postings: Mapping[str, Sequence[int]]
    initials: Mapping[str, Sequence[int]]
    short_forms: Mapping[str, Sequence[int]]

    def search(self, text: str) -> list[Hit]:
        """The records that fit a text, the best first; those that fit equally in the order of the records."""
        words = plain_words(text)[:MOST_WORDS]
        if not words:
            return []
        scores = self._scores(words, transliterated=any(letter >= _ANOTHER_SCRIPT for letter in text))
        for position, score in self._as_short_form("".join(words)).items():
            scores[position] = max(score, scores.get(position, 0.0))
        best: dict[int, tuple[float, int]] = {}
        least = max(LEAST, LEAST_OF_BEST * max(scores.values(), default=0.0))
        for position, score in scores.items():
            owner = self.owners[position]
            # Of names that fit equally, the first is the one to show.
            if score >= least and (score, -position) > best.get(owner, (0.0, 0)):
                best[owner] = score, -position
        ranked = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))
        return [Hit(self.records[owner], score, self.names[-at]) for owner, (score, at) in ranked]

    def weight(self, word: str) -> float:
        """How much a word counts, from 0 to 1: by what it is and by how many names have it."""
        return _weight(word, self.terms, len(self.names))

    def _scores(self, words: Sequence[str], *, transliterated: bool) -> dict[int, float]:
        """How well each name fits that has anything of the query, by position."""
        telling = [word for word in words if self.terms.is_telling(word)] or list(words)
        asked = self._looked_up(telling, transliterated=transliterated)
        total = sum(weight for weight, _ in asked)
        shares: dict[int, float] = {}
        for weight, alike in asked:
            fitting: dict[int, float] = {}
            for term, likeness in alike.items():
                fitting.update(dict.fromkeys(self.postings[term], likeness))
            for position, likeness in fitting.items():
                shares[position] = shares.get(position, 0.0) + weight * likeness
        least = LEAST * total
        letters = "".join(words)
        return {
            position: self._score(position, share, total, letters)
            for position, share in shares.items()
            if share >= least
        }

    def _score(self, position: int, share: float, total: float, letters: str) -> float:
        of_query = min(1.0, share / total)
        of_name = min(1.0, share / self.weights[position])
        if self.letters[position].startswith(letters):
            of_query, alike = max(of_query, BEGINNING), 1.0
        else:
            alike = Indel.normalized_similarity(letters, self.letters[position])
        return of_query * (1 - OF_NAME - OF_LETTERS + OF_NAME * of_name + OF_LETTERS * alike)

    def _looked_up(
        self, words: Sequence[str], *, transliterated: bool
    ) -> list[tuple[float, dict[str, float]]]:
        """The weight of each word, and what it can stand for."""
        found = []
        for at, word in enumerate(words):
            last = at == len(words) - 1
            alike = self.terms.alike(word, last=last, transliterated=transliterated)
            pairs = ("".join(words[begin : begin + 2]) for begin in (at - 1, at) if begin >= 0)
            joined = {pair: JOINED for pair in pairs if pair != word and pair in self.postings}
            parts = None if alike else self.terms.parts(word)
            if parts:
                found += [(self.weight(part), {part: JOINED}) for part in parts]
            else:
                # A word that nobody knows weighs what the word weighs that it most likely stands for.
                meant = word if word in self.postings else next(reversed(alike), word)
                found.append((self.weight(meant), {**alike, **joined}))
        return found

    def _as_short_form(self, letters: str) -> dict[int, float]:
        """The names that the letters of a query are the short form of, each with its score."""
        found: dict[int, float] = {}
        if INITIAL_LETTERS <= len(letters) <= SHORT_FORM_LETTERS:
            if len(letters) > LOOSE_LETTERS:
                for at in range(1, len(letters)):
                    loose = self.initials.get(letters[:at] + letters[at + 1 :], ())
                    found.update(dict.fromkeys(loose, LOOSE_INITIALS))
            found.update(dict.fromkeys(self.initials.get(letters, ()), INITIALS))
        found.update(dict.fromkeys(self.short_forms.get(letters, ()), SAME_SHORT_FORM))
        return found


def search_index(records: Iterable[SearchedRecord], lexicon: Lexicon) -> SearchIndex:
    """Index records; their order decides between those that fit equally."""
    known = tuple(records)
    names = [name for record in known for name in record.names]
    owners = array("L", (at for at, record in enumerate(known) for _ in record.names))
    words = [plain_words(name) for name in names]
    postings: dict[str, array[int]] = {}
    for position, owner in enumerate(owners):
        for word in {*words[position], *_short_names(known[owner])}:
            postings.setdefault(word, array("L")).append(position)
    terms = terms_of({word: len(positions) for word, positions in postings.items()}, lexicon)
    weight = {word: _weight(word, terms, len(names)) for word in postings}
    return SearchIndex(
        known,
        terms,
        names,
        owners,
        [sum(weight[word] for word in set(each) if terms.is_telling(word)) or 1.0 for each in words],
        ["".join(each) for each in words],
        postings,
        _positions((made, at) for at, name in enumerate(names) for made in _initials(name, words[at], terms)),
        _positions(
            (short, at)
            for at, name in enumerate(names)
            for short in _short_forms(name, words[at], known[owners[at]])
        ),
    )


def _weight(word: str, terms: Terms, total: int) -> float:
    meaning = terms.lexicon.meanings.get((word,))
    share = terms.lexicon.weight(meaning.kind) if meaning else 1.0
    if total < 2:
        return share or 1.0
    rarity = 1 - math.log(max(1, terms.counts.get(word, 1))) / math.log(total)
    # A query of nothing but articles is looked up all the same.
    return (share or COMMON) * (COMMON + (1 - COMMON) * rarity)


def _short_names(record: SearchedRecord) -> set[str]:
    """The names of one word: people write them beside words of the full name."""
    found = ("".join(plain_words(name)) for name in record.names if " " not in name)
    return {name for name in found if 1 < len(name) <= SHORT_FORM_LETTERS}


def _initials(name: str, words: Sequence[str], terms: Terms) -> set[str]:
    """The first letters of all words, of those but articles, and of the telling ones; with what stands in
    brackets and without."""
    found = set()
    for each in (words, plain_words(_IN_BRACKETS.sub(" ", name))) if "(" in name else (words,):
        found.add("".join(word[0] for word in each))
        found.add("".join(word[0] for word in each if not terms.is_article(word)))
        found.add("".join(word[0] for word in each if terms.is_telling(word)))
    return {each for each in found if INITIAL_LETTERS <= len(each) <= SHORT_FORM_LETTERS}


def _short_forms(name: str, words: Sequence[str], record: SearchedRecord) -> set[str]:
    """What a name is called for short: its letters, what stands in brackets, the key at the first name."""
    found = {"".join(words)}
    if "(" in name:
        found.update("".join(plain_words(inside)) for inside in _IN_BRACKETS.findall(name))
    if name == record.names[0]:
        found.add("".join(plain_words(record.key)))
    return found


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = {}
    for text, position in pairs:
        if text:
            found.setdefault(text, array("L")).append(position)
    return found
