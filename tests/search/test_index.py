"""What is typed finds the names that are meant, the best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.search.index import LEAST
from tests.search.names import found, index

GAATW = "Global Alliance Against Traffic in Women"
NAMES = index(
    (GAATW, "GAATW", "Alianza Global Contra la Trata de Mujeres"),
    "Fundación Niños del Río",
    "Общество «Мемориал»",
    "منظمة حقوق الإنسان",
    ("Türkiye", "Turquie", "Турция", "土耳其"),
    "Slum Child Foundation",
    "Slum Women Forum",
    "Social Empowerment for Development (SEED)",
    "Green Peace Watch",
    "Kenyan Judges of Peace",
    "The And Of",
)
_WORDS = "slum child women foundation türkiye Мемориал 土耳 seed gaatw the of xyz ( ) ' \x00 \ud800"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GAATW", "GAATW"),
        ("gaat", "GAATW"),
        ("trata mujeres", "Alianza Global Contra la Trata de Mujeres"),
        ("alliance trafic woman", GAATW),
        ("glob all aga", GAATW),
        ("fundacion ninos del rio", "Fundación Niños del Río"),
        ("FUNDACIÓN NIÑOS", "Fundación Niños del Río"),
        ("obshchestvo memorial", "Общество «Мемориал»"),
        ("мемориал", "Общество «Мемориал»"),
        ("huquq al-insan", "منظمة حقوق الإنسان"),
        ("Turkiye", "Türkiye"),
        ("Турция", "Турция"),
        ("土耳其", "土耳其"),
        ("child slum", "Slum Child Foundation"),
        ("slum fundación", "Slum Child Foundation"),
        ("slumchild", "Slum Child Foundation"),
        ("SEED", "Social Empowerment for Development (SEED)"),
        ("greenpeace", "Green Peace Watch"),
        ("kenya judges", "Kenyan Judges of Peace"),
        ("k9", "Kenyan Judges of Peace"),
        ("SWF", "Slum Women Forum"),
        ("the of", "The And Of"),
        ("The Slum Child Foundation, Inc.", "Slum Child Foundation"),
    ],
)
def test_the_name_that_is_meant_comes_first(text: str, name: str) -> None:
    assert found(NAMES, text)[0] == name


def test_each_letter_that_is_typed_keeps_the_name() -> None:
    for length in range(3, len(GAATW) + 1):
        assert GAATW in found(NAMES, GAATW[:length])


def test_the_same_name_has_the_best_score_and_an_entity_comes_once() -> None:
    hits = NAMES.search("turkiye")

    assert hits[0].score == pytest.approx(1.0)
    assert len({hit.record.key for hit in hits}) == len(hits)


def test_a_name_that_says_less_beside_what_was_asked_comes_first() -> None:
    known = index("Forum of Judges and Lawyers for Democracy", "Forum of Judges")

    assert found(known, "judges forum") == ["Forum of Judges", "Forum of Judges and Lawyers for Democracy"]


def test_what_fits_equally_keeps_the_order_of_the_records() -> None:
    hits = index("Astra", "Maat", "Astra").search("astra")

    assert [hit.record.key for hit in hits] == ["k0", "k2"]


@pytest.mark.parametrize("text", ["", " ", "()", "«»", "\x00", "qqqqqqq"])
def test_what_says_nothing_finds_nothing(text: str) -> None:
    assert NAMES.search(text) == []
    assert index().search(text) == []


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=30).map(" ".join) | st.text(max_size=40))
def test_any_text_has_an_ordered_answer_with_scores_between_0_and_1(text: str) -> None:
    scores = [hit.score for hit in NAMES.search(text)]

    assert scores == sorted(scores, reverse=True)
    assert all(LEAST <= score <= 1 for score in scores)
