"""A name is taken apart into its words, its legal form and its short form."""

from __future__ import annotations

import pytest

from graph_api.duplicates.lexicon import WordKind
from graph_api.duplicates.name_form import name_form
from tests.duplicates.names import LEXICON


@pytest.mark.parametrize(
    ("name", "words", "acronyms"),
    [
        ("Center for Pragmatic Development (CPD)", "center pragmatic development", {"cpd"}),
        ("CPD - Center for Pragmatic Development", "center pragmatic development", {"cpd"}),
        ("CPD: Center for Pragmatic Development", "center pragmatic development", {"cpd"}),
        ("Center for Pragmatic Development – CPD", "center pragmatic development", {"cpd"}),
        ("Center (GI-TOC) for Crime", "center crime", {"gitoc"}),
        ("National Forum (Yemen)", "national forum yemen", set()),
        ("World Shirdi Sai Baba (UK)", "world shirdi sai baba uk", set()),
        ("SPERO", "spero", {"spero"}),
        ("Just say no ONG", "just say no", set()),
    ],
)
def test_short_forms_are_taken_out_of_a_name(name: str, words: str, acronyms: set[str]) -> None:
    form = name_form(name, LEXICON)

    assert [word.text for word in form.words] == words.split()
    assert form.acronyms == acronyms


def test_a_legal_form_is_no_word_of_the_name() -> None:
    form = name_form("Trippinz Care, Inc.", LEXICON)

    assert [word.text for word in form.words] == ["trippinz", "care"]
    assert form.legal_forms == {"inc"}


def test_a_name_of_nothing_but_a_legal_form_keeps_it() -> None:
    form = name_form("The NGO", LEXICON)

    assert [word.text for word in form.words] == ["the", "ngo"]
    assert form.legal_forms == frozenset()


def test_several_words_can_mean_one_thing() -> None:
    french, english = (name_form(name, LEXICON) for name in ("droits de l’homme", "Human Rights"))

    assert [word.concept for word in french.words] == [word.concept for word in english.words]
    assert [word.kind for word in name_form("Deutsche Stiftung", LEXICON).words] == [
        WordKind.PLACE,
        WordKind.GENERIC,
    ]


def test_initials_are_made_with_and_without_articles() -> None:
    form = name_form("Global Initiative against Transnational Organized Crime", LEXICON)

    assert form.initials == {"gitoc", "giatoc"}
