"""The oracle's answer to every case: a snapshot that recorded a mistake would differ from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.oracle.answers import Oracle
from tests.oracle.comparison import differences
from tests.oracle.graph import dump
from tests.test_cases import CASES, FOLDERS, name_of, variables_of
from tests.toy.fixtures import Graph
from tests.toy.ontology import TOY


def answered(folder: Path) -> bool:
    """Whether a case is about an answer. The oracle has cursors of its own, and measures no networks."""
    response = json.loads((folder / "response.json").read_text())
    query = (folder / "query.graphql").read_text()
    foreign = any(word in query for word in ('after: "', 'before: "', "$cursor", "__schema", "groups("))
    foreign = foreign or folder.parent.name == "metrics"
    return "errors" not in response and not foreign


ANSWERED = [folder for folder in FOLDERS if answered(folder)]


@pytest.fixture(scope="module")
async def oracle(toy: Graph) -> Oracle:
    return Oracle(TOY, toy.runtime.schema.sdl(), await dump(toy.runtime.store, TOY))


@pytest.mark.parametrize("folder", ANSWERED, ids=name_of)
async def test_the_case_s_response_is_the_oracle_s(folder: Path, oracle: Oracle) -> None:
    response = json.loads((folder / "response.json").read_text())

    expected = oracle.answer((folder / "query.graphql").read_text(), variables_of(folder))

    assert list(differences(expected, response["data"])) == []


def test_most_cases_have_an_answer() -> None:
    assert len(ANSWERED) > len(FOLDERS) * 0.7
    assert len(list(CASES.iterdir())) > 20
