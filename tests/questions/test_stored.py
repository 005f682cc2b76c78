"""Stored questions as their readers meet them: titles, texts, described variables, and errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.errors import InvalidOntologyError, UnknownQuestionError
from graph_api.serve.questions import Question, coerce_answers, load_questions, question_named
from graph_api.serve.runtime import api_schema
from schema import ontology
from schema import questions as folder
from tests.questions.by_hand import BY_HAND

SCHEMA = api_schema(ontology).core
QUESTIONS = load_questions(folder, SCHEMA)


def test_there_are_ten_at_least_and_each_was_answered_by_hand() -> None:
    assert len(QUESTIONS) >= 10
    assert QUESTIONS.keys() == BY_HAND.keys()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_a_question_says_what_it_asks_and_what_it_needs(question: Question) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)
    assert question.title
    assert not question.title.endswith(".")
    assert question.description.endswith("?")
    assert question.description.count("?") == 1
    for variable in question.variables:
        assert variable.description[0].isupper()
        assert "(" not in variable.description, "an example that was not understood"
        assert variable.example or variable.default is not None


def test_titles_tell_the_questions_apart() -> None:
    assert len({question.title for question in QUESTIONS.values()}) == len(QUESTIONS)


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UnknownQuestionError) as caught:
        question_named(QUESTIONS, "members")

    assert caught.value.extensions["code"] == "UNKNOWN_QUESTION"
    assert caught.value.extensions["value"] == "members"
    assert "members-covering" in caught.value.remedy


def test_values_come_as_texts_and_leave_with_their_types() -> None:
    question = QUESTIONS["members-covering"]

    given = coerce_answers(question, {"theme": ["TIP"], "first": ["3"], "asOf": []})
    wrong = coerce_answers(question, {"first": ["three"]})

    assert given == {"theme": "TIP", "first": 3}
    assert wrong == {"first": "three"}, "GraphQL refuses it, and says why"


def test_the_name_of_an_option_is_the_name_of_its_variable_in_small_letters() -> None:
    options = {variable.name: variable.option for variable in QUESTIONS["members-covering"].variables}

    assert options == {"theme": "--theme", "region": "--region", "asOf": "--as-of", "first": "--first"}


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("# A title\n# What?\nquery Q { nobody { name } }", "Cannot query field 'nobody'"),
        ("# A title\n# What?\nquery Q($key: String!) { network(key: $key) { name } }", "does not describe"),
    ],
)
def test_a_question_that_does_not_fit_is_refused_at_the_start(
    document: str, complaint: str, tmp_path: Path
) -> None:
    (tmp_path / "broken-question.graphql").write_text(document)

    with pytest.raises(InvalidOntologyError, match=complaint) as caught:
        load_questions(tmp_path, SCHEMA)

    assert "broken-question" in caught.value.message
