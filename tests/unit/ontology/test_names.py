from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.ontology.folding import fold
from graph_api.ontology.names import camel_case, pascal_case, upper_snake_case


@pytest.mark.parametrize(
    ("snake", "camel"),
    [("key", "key"), ("date_of_entry", "dateOfEntry"), ("m49_code", "m49Code"), ("a_b", "aB")],
)
def test_camel_case(snake: str, camel: str) -> None:
    assert camel_case(snake) == camel


@pytest.mark.parametrize(
    ("name", "upper"),
    [("MemberOf", "MEMBER_OF"), ("actedIn", "ACTED_IN"), ("HTTPPage", "HTTP_PAGE"), ("X", "X")],
)
def test_upper_snake_case(name: str, upper: str) -> None:
    assert upper_snake_case(name) == upper


def test_pascal_case() -> None:
    assert pascal_case("castCount") == "CastCount"
    assert pascal_case("") == ""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("École", "ecole"),
        ("Asociația  eLiberare", "asociatia eliberare"),
        ("Ødegård & Łódź", "odegard & lodz"),
        ("Straße", "strasse"),
        ("ÆON", "aeon"),
        ("İstanbul", "istanbul"),
        ("Ελλάς", "ελλασ"),
        ("Россия", "россия"),
        ("日本", "日本"),
        ("  two\twords\n", "two words"),
        ("", ""),
        ("ﬁlm Ⅷ", "film viii"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_case_never_matters(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@given(st.lists(st.from_regex(r"[a-z][a-z0-9]*", fullmatch=True), min_size=1, max_size=4))
def test_a_field_s_name_keeps_all_letters(parts: list[str]) -> None:
    assert camel_case("_".join(parts)).lower() == "".join(parts)
