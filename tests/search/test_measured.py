"""Recall and MRR stay what they were measured to be, on queries that no constant was chosen on."""

from __future__ import annotations

import pytest

from benchmarks.search import by_hand, generated, quality, seed_index
from graph_api.search.index import SearchIndex


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return seed_index()


def test_queries_made_of_real_names_find_them(index: SearchIndex) -> None:
    found = quality(generated(index))

    assert found.queries >= 200
    assert found.recall >= 0.985
    assert found.mrr >= 0.975


def test_every_way_of_typing_finds_nearly_all(index: SearchIndex) -> None:
    looked = generated(index)

    for way in {each.way for each in looked}:
        assert quality(each for each in looked if each.way == way).recall >= 0.9, way


def test_queries_written_by_hand_find_what_is_meant(index: SearchIndex) -> None:
    found = quality(by_hand(index))

    assert found.queries >= 40
    assert found.recall >= 0.95
    assert found.mrr >= 0.83
