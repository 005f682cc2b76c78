"""Precision and recall stay what they were measured to be, on names that no constant was chosen on."""

from __future__ import annotations

import pytest

from benchmarks.corruptions import STRANGERS, TWINS, halves
from benchmarks.duplicates import (
    SEED,
    Judged,
    examples,
    judged,
    quality,
    register_index,
    register_names,
    search_quality,
)
from graph_api.duplicates.index import DEFAULT_THRESHOLD, RecordIndex


@pytest.fixture(scope="module")
def index() -> RecordIndex:
    return register_index()


@pytest.fixture(scope="module")
def pairs(index: RecordIndex) -> list[Judged]:
    return judged(index)


def test_pairs_are_told_apart(pairs: list[Judged]) -> None:
    found = quality(pairs, DEFAULT_THRESHOLD)

    assert found.precision >= 0.99
    assert found.recall >= 0.94


def test_twins_are_found_in_the_whole_register(index: RecordIndex) -> None:
    found = search_quality(index, DEFAULT_THRESHOLD)

    assert found.precision >= 0.97
    assert found.recall >= 0.94


def test_the_pairs_judged_by_hand_are_judged_alike(index: RecordIndex) -> None:
    found = examples(index)

    assert len(found) == 15
    assert [each for each in found if (each.score >= DEFAULT_THRESHOLD) != each.pair.same] == []


def test_every_way_of_making_pairs_made_some(pairs: list[Judged]) -> None:
    assert {each.pair.way for each in pairs} > TWINS.keys() | STRANGERS.keys()
    assert quality(pairs, 0.0).precision < 0.8


def test_the_halves_share_no_name() -> None:
    training, testing = halves(register_names(), SEED)

    assert not set(training) & set(testing)
    assert len(training) + len(testing) == len(set(register_names()))
