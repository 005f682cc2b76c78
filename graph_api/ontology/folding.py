"""Texts without case and accents: the form that texts are ordered, compared and searched in."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


def fold(text: str) -> str:
    """Case-folded, compatibility-decomposed (Unicode 3.13, D146), without combining marks, single-spaced.

    ``fold("Asociația  eLiberare") == "asociatia eliberare"``. Letters of other scripts stay.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFD", text).casefold()
    # Twice: what a compatibility character such as a trade mark sign stands for can be in capitals.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_LIGATURES).split())
