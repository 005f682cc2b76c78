"""No text that is sent to an engine has a forbidden form, and compiled texts hold no values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.cypher_rules import RULES, Rule, broken_rules, literals
from tests.engine_fixtures import Recorder
from tests.test_cases import BETWEEN, FOLDERS, name_of
from tests.toy.fixtures import Graph

TEXTS = [folder for folder in FOLDERS if (folder / "query.cypher").exists()]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_each_rule_finds_what_it_forbids(rule: Rule) -> None:
    assert any(found.startswith(rule.reason) for found in broken_rules(rule.example))


@pytest.mark.parametrize("folder", TEXTS, ids=name_of)
def test_compiled_texts_keep_to_the_rules(folder: Path) -> None:
    for text in (folder / "query.cypher").read_text().split(BETWEEN):
        assert list(broken_rules(text)) == []
        assert list(literals(text)) == []


async def test_every_text_that_a_run_sends_is_looked_at_when_it_ends(toy: Graph, recorder: Recorder) -> None:
    await toy.data("{ films { nodes { key } } }")

    assert len(recorder.texts) > len(["the constraints", "the loader's", "the list of films"])
    assert recorder.broken() == []
    recorder.texts.add(RULES[0].example)
    assert recorder.broken() != []
    recorder.texts.remove(RULES[0].example)
