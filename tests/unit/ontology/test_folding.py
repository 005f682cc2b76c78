"""Folded texts: equal for spellings that people mix up, and stable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_api.ontology.folding import fold


@given(st.text())
@example("İ")
@example("ß ẞ")
@example("ǰ")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_spellings_fold_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_no_mark_and_no_double_space_is_left(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(letter) for letter in folded)
    assert folded == " ".join(folded.split())


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_the_case_of_latin_letters_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Asociația  eLiberare", "asociatia eliberare"),
        ("Åland Islands", "aland islands"),
        ("Côte d’Ivoire", "cote d’ivoire"),
        ("Türkiye", "turkiye"),
        ("ŁÓDŹ", "lodz"),
        ("Россия", "россия"),
        ("中国", "中国"),
    ],
)
def test_examples(written: str, folded: str) -> None:
    assert fold(written) == folded
