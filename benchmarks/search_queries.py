"""Queries with a known answer, made from real names by documented corruptions.

Each is a name as somebody might type it into a search box. The random numbers are seeded by the name and the
corruption, so that every run makes the same queries, and the halves for training and testing share no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.corruptions import (
    Corruption,
    accents_lost,
    capitals,
    common_word_translated,
    only_initials,
    only_the_acronym,
    other_order,
    small_words_dropped,
    two_typing_errors,
    typing_error,
)

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = (
    *(("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("ts", "ц"), ("kh", "х")),
    *(("ya", "я"), ("yu", "ю"), ("x", "кс")),
    *zip(_LATIN, "абкдефгхижклмнопкрстуввкйз", strict=True),
)
_GREEK = (
    *(("th", "θ"), ("ph", "φ"), ("ch", "χ"), ("ps", "ψ")),
    *zip(_LATIN, "αβκδεφγχιζκλμνοπκρστυββξυζ", strict=True),
)
"""Letters as they are heard: ``c`` is ``k``, ``w`` is ``v``; whoever types from hearsay does the same."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, which name is meant, and in which way one was made of the other."""

    text: str
    name: str
    way: str


def word_dropped(name: str, random: Random) -> str | None:
    """One word of five or more left out."""
    words = name.split()
    if len(words) < 5:
        return None
    del words[random.randrange(len(words))]
    return " ".join(words)


def two_words_dropped(name: str, random: Random) -> str | None:
    """Two words of seven or more left out."""
    once = word_dropped(name, random) if len(name.split()) > 6 else None
    return word_dropped(once, random) if once else None


def still_typing(name: str, random: Random) -> str | None:
    """Two or three whole words and the first three letters of the next."""
    words = name.split()
    whole = random.choice((2, 3))
    if len(words) <= whole or len(words[whole]) < 4:
        return None
    return " ".join([*words[:whole], words[whole][:3]])


def beginnings(name: str, _random: Random) -> str | None:
    """The first four letters of each of four words or more."""
    words = name.split()
    return " ".join(word[:4] for word in words) if len(words) >= 4 else None


def joined(name: str, random: Random) -> str | None:
    """Two neighbouring words of three or more written together."""
    words = name.split()
    if len(words) < 3:
        return None
    at = random.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def typing_error_and_word_dropped(name: str, random: Random) -> str | None:
    """A word left out and a letter wrong."""
    once = word_dropped(name, random)
    return typing_error(once, random) if once else None


def in_cyrillic(name: str, _random: Random) -> str | None:
    """In Cyrillic letters."""
    return _transliterated(name, _CYRILLIC)


def in_greek(name: str, _random: Random) -> str | None:
    """In Greek letters."""
    return _transliterated(name, _GREEK)


def _transliterated(name: str, letters: Sequence[tuple[str, str]]) -> str | None:
    if not name.isascii() or "(" in name:
        return None
    text = name.lower()
    for latin, other in letters:
        text = text.replace(latin, other)
    return text


WAYS: Mapping[str, Corruption] = {
    "typing error": typing_error,
    "two typing errors": two_typing_errors,
    "small words dropped": small_words_dropped,
    "a word dropped": word_dropped,
    "two words dropped": two_words_dropped,
    "a word dropped, a typing error": typing_error_and_word_dropped,
    "still typing": still_typing,
    "beginnings of words": beginnings,
    "words written together": joined,
    "only the acronym": only_the_acronym,
    "only the initials": only_initials,
    "accents lost": accents_lost,
    "capitals, no punctuation": capitals,
    "other order": other_order,
    "common word translated": common_word_translated,
    "in Cyrillic letters": in_cyrillic,
    "in Greek letters": in_greek,
}


def queries(names: Sequence[str], seed: int, each: int) -> Iterator[Query]:
    """At most ``each`` queries of every way."""
    for way, corrupt in WAYS.items():
        order = list(names)
        Random(f"{seed}/{way}").shuffle(order)
        count = 0
        for name in order:
            text = corrupt(name, Random(f"{seed}/{way}/{name}"))
            if text is not None and (text != name or way == "still typing"):
                yield Query(text, name, way)
                count += 1
            if count == each:
                break
