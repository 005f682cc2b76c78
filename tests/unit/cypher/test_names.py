from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.cypher.names import Variables, identifier, labels, parameter, text
from graph_api.errors import InvalidOntologyError
from graph_api.plan.tree import Parameter
from tests.toy.ontology import TOY


@given(st.text())
def test_only_plain_names_stand_in_a_text(name: str) -> None:
    """Whatever is not refused cannot end a name, begin a string or start a comment."""
    try:
        found = identifier(name)
    except InvalidOntologyError:
        return
    assert found == name
    assert found.isascii()
    assert found.replace("_", "").isalnum()
    assert not found[0].isdigit()


@pytest.mark.parametrize(
    "name", ["", "1a", "a b", "a`b", 'a"b', "a'b", "a-b", "é", "a\n", "a.b", "$a", "a//", "名"]
)
def test_other_names_are_refused(name: str) -> None:
    for made in (identifier, text, lambda value: parameter(Parameter(value))):
        with pytest.raises(InvalidOntologyError):
            made(name)


def test_names_as_they_stand_in_a_text() -> None:
    assert identifier("name_folded") == "name_folded"
    assert parameter(Parameter("p0")) == "$p0"
    assert text("Film") == '"Film"'
    assert labels(TOY.node("Film")) == "Film"
    assert labels(TOY.node("Contributor")) == "Person|Studio"


def test_no_variable_is_handed_out_twice() -> None:
    variables = Variables()

    names = [variables.new(prefix) for prefix in ("n", "r", "n", "k")]

    assert len(set(names)) == 4
