"""Which words of names a word of a query can stand for."""

from __future__ import annotations

import pytest

from graph_api.search.terms import ONE_ERROR, SAME_MEANING, TWO_ERRORS, terms_of
from tests.search.names import LEXICON

WORDS = (
    "women",
    "foundation",
    "fundacion",
    "trafficking",
    "memorial",
    "hqwq",
    "art",
    "article",
    "the",
    "rio",
)
TERMS = terms_of(dict.fromkeys(WORDS, 1), LEXICON)


@pytest.mark.parametrize(
    ("word", "other", "least"),
    [
        ("foundation", "foundation", 1.0),
        ("foundation", "fundacion", SAME_MEANING),
        ("foundaton", "foundation", ONE_ERROR),
        ("fuondation", "foundation", ONE_ERROR),
        ("foundattion", "foundation", ONE_ERROR),
        ("womem", "women", 0.7),
        ("trafikcing", "trafficking", TWO_ERRORS),
        ("huquq", "hqwq", 0.5),
        ("traff", "trafficking", 0.6),
    ],
)
def test_words_stand_for_others(word: str, other: str, least: float) -> None:
    alike = TERMS.alike(word, last=False, transliterated=False)

    assert alike[other] >= least
    assert list(alike.values()) == sorted(alike.values())


def test_only_the_last_word_can_be_unfinished_when_it_is_known() -> None:
    assert "article" in TERMS.alike("art", last=True, transliterated=False)
    assert "article" not in TERMS.alike("art", last=False, transliterated=False)


def test_short_words_are_not_misspelled() -> None:
    assert "rio" not in TERMS.alike("rii", last=False, transliterated=False)


def test_a_word_has_two_known_parts_or_none() -> None:
    assert TERMS.parts("womenfoundation") == ("women", "foundation")
    assert TERMS.parts("womenwatch") is None


def test_articles_say_nothing() -> None:
    assert TERMS.is_telling("women")
    assert not TERMS.is_telling("the")
    assert TERMS.is_article("the")
