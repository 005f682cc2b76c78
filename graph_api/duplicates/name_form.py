"""A name taken apart: its words with their meanings, and the short forms written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.duplicates.lexicon import Lexicon, Meaning, WordKind
from graph_api.duplicates.plain_words import plain_words, writes_few_vowels

_IN_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_IN_FRONT = re.compile(r"^(\S{2,14})\s*(?:\s[-–—]|[:–—])\s+(?=\S+\s+\S)")
_BEHIND = re.compile(r"(?<=\s\S)(.*\S)\s+[-–—]\s+(\S{2,14})$")
_SHORT_FORM_LETTERS = 14
_SHORT_NAME_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, or several that mean one thing; ``concept`` is equal where meanings are."""

    text: str
    kind: WordKind
    concept: str


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as it is compared.

    ``words`` leaves out articles and legal forms; ``acronyms`` are the short forms that the name itself
    shows, ``initials`` those that can be made of its words.
    """

    name: str
    words: tuple[Word, ...]
    legal_forms: frozenset[str]
    acronyms: frozenset[str]
    initials: frozenset[str]
    few_vowels: bool

    @property
    def compact(self) -> str:
        """All words without spaces."""
        return "".join(word.text for word in self.words)


def name_form(name: str, lexicon: Lexicon) -> NameForm:
    """Take a name apart. A name that is nothing but articles and legal forms keeps them as its words."""
    rest, shown = _short_forms(name, lexicon)
    every = list(_words(plain_words(rest), lexicon))
    words = [word for word in every if word.kind not in (WordKind.IGNORED, WordKind.LEGAL_FORM)]
    forms = frozenset(word.text for word in every if word.kind is WordKind.LEGAL_FORM)
    if not words:
        words = [Word(word.text, WordKind.PLAIN, word.text) for word in every]
        forms = frozenset()
    alone = "".join(word.text for word in words)
    if len(rest.split()) == 1 and 1 < len(alone) <= _SHORT_NAME_LETTERS and _in_capitals(rest):
        shown = shown | {alone}
    return NameForm(name, tuple(words), forms, shown, _initials(every), writes_few_vowels(rest))


def short_form(text: str) -> str:
    """An acronym as it is compared: ``GI-TOC`` is ``gitoc``."""
    return "".join(plain_words(text))


def _short_forms(name: str, lexicon: Lexicon) -> tuple[str, frozenset[str]]:
    """The name without the acronyms that stand in brackets, in front of a dash or behind one; and those."""
    found: set[str] = set()

    def taken(match: re.Match[str]) -> str:
        inside = match.group(1)
        if _is_short_form(inside, lexicon):
            found.add(short_form(inside))
            return " "
        return f" {inside} "

    rest = _IN_BRACKETS.sub(taken, name)
    front = _IN_FRONT.match(rest)
    if front and _is_short_form(front.group(1), lexicon):
        found.add(short_form(front.group(1)))
        rest = rest[front.end() :]
    behind = _BEHIND.search(rest)
    if behind and _is_short_form(behind.group(2), lexicon):
        found.add(short_form(behind.group(2)))
        rest = rest[: behind.start(2)].rstrip(" -–—")
    return (rest, frozenset(found)) if rest.strip() else (name, frozenset(found))


def _is_short_form(text: str, lexicon: Lexicon) -> bool:
    plain = plain_words(text)
    if not plain or len(plain) > 3 or not 2 <= len("".join(plain)) <= _SHORT_FORM_LETTERS:
        return False
    return plain not in lexicon.meanings and _in_capitals(text)


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) * 2 > len(letters)


def _words(plain: tuple[str, ...], lexicon: Lexicon) -> Iterator[Word]:
    position = 0
    while position < len(plain):
        length, meaning = _longest(plain, position, lexicon)
        text = " ".join(plain[position : position + length])
        yield Word(text, meaning.kind, meaning.concept) if meaning else Word(text, WordKind.PLAIN, text)
        position += length


def _longest(plain: tuple[str, ...], position: int, lexicon: Lexicon) -> tuple[int, Meaning | None]:
    for length in range(min(lexicon.longest, len(plain) - position), 0, -1):
        meaning = lexicon.meanings.get(plain[position : position + length])
        if meaning is not None:
            return length, meaning
    return 1, None


def _initials(words: list[Word]) -> frozenset[str]:
    """The first letters of all words, with and without articles and legal forms, from three letters on."""
    telling = (WordKind.IGNORED, WordKind.LEGAL_FORM)
    made = (
        _first_letters(word for word in words if word.kind not in telling),
        _first_letters(word for word in words if word.kind is not WordKind.IGNORED),
        _first_letters(word for word in words if word.kind is not WordKind.LEGAL_FORM),
    )
    return frozenset(letters for letters in made if len(letters) > 2)


def _first_letters(words: Iterator[Word]) -> str:
    return "".join(part[0] for word in words for part in word.text.split())
