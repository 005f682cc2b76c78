"""From a name in any script to plain words: Latin letters and digits, lower case, no punctuation.

Latin letters lose their accents. Cyrillic, Greek and other alphabets are transliterated letter by letter,
Chinese is spelled by syllables, one word a sign. Arabic and Hebrew write few vowels, so their words are
compared by consonants (``consonants``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from graph_api.ontology.folding import fold

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?)+(?:[^\W\d_]\b)?\.?")
"""``A.C.``, ``e. V.``: letters with full stops are one word."""
_POSSESSIVE = re.compile(r"['’`´ʼ]s\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_VOWELLESS = re.compile(r"[֐-׿؀-ۿ]")
_ARABIC_ARTICLE = re.compile(r"\b(?:ال|لل)(?=\w{2})")
_VOWELS = re.compile(r"[aeiouyw]")
_SOUNDS = (
    ("dh", "z"),
    ("th", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("q", "k"),
    ("c", "k"),
    ("j", "g"),
)
_DOUBLED = re.compile(r"(.)\1+")
_KEPT = 100_000


def plain_words(name: str) -> tuple[str, ...]:
    """The plain words of a name, in their order."""
    text = unicodedata.normalize("NFKC", name)
    text = _POSSESSIVE.sub("", _DOTTED.sub(_undotted, text))
    if not text.isascii():
        text = _latin(text)
    return tuple(_WORD.findall(text.lower()))


def writes_few_vowels(name: str) -> bool:
    """Whether a name is in a script that leaves vowels out."""
    return not name.isascii() and bool(_VOWELLESS.search(name))


@lru_cache(_KEPT)
def consonants(word: str) -> str:
    """The consonants of a plain word as they sound alike between Latin and Arabic script.

    ``consonants("huquq") == consonants("hqwq") == "hk"``.
    """
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    # A closing t or h is how the feminine ending is written, or not.
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word)).rstrip("th")


def _undotted(found: re.Match[str]) -> str:
    letters = [letter for letter in found.group() if letter.isalpha()]
    return found.group() if len(letters) < 2 else f"{''.join(letters)} "


def _latin(text: str) -> str:
    text = _ARABIC_ARTICLE.sub("", text)
    text = _HAN.sub(lambda sign: f" {anyascii(sign.group())} ", text)
    # An apostrophe of a transliterated letter (a soft sign, an ayn) parts no word.
    parts = (
        anyascii(part).replace("'", "").replace("`", "") for part in fold(text).replace("’", " ").split()
    )
    return " ".join(parts)
