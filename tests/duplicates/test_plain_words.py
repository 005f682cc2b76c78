"""Names in any script become words that can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.duplicates.plain_words import consonants, plain_words, writes_few_vowels


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Asociația eLiberare", "asociatia eliberare"),
        ("Fundación «Ñandú», A.C.", "fundacion nandu ac"),
        ("Hilfe für Straßenkinder e. V.", "hilfe fur strassenkinder ev"),
        ("Women’s Refugee Commission", "women refugee commission"),
        ("droits de l’homme", "droits de l homme"),
        ("Общество по правам человека", "obshchestvo po pravam cheloveka"),
        ("Δημοκρατία", "dimokratia"),
        ("人权组织", "ren quan zu zhi"),
        ("", ""),
        (" -- ", ""),
    ],
)
def test_a_name_becomes_plain_words(name: str, words: str) -> None:
    assert plain_words(name) == tuple(words.split())


@given(st.text(max_size=40))
def test_any_text_gives_letters_and_digits_only(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in plain_words(text))


def test_arabic_is_compared_by_its_consonants() -> None:
    arabic, latin = plain_words("منظمة حقوق الإنسان"), plain_words("Munazzamat Huquq Insan")

    assert writes_few_vowels("منظمة حقوق الإنسان")
    assert not writes_few_vowels("Munazzamat Huquq Insan")
    assert [consonants(word) for word in arabic] == [consonants(word) for word in latin]
