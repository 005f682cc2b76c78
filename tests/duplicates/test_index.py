"""Candidates come from an index, and comparing with it gives what comparing with everything would."""

from __future__ import annotations

import random

from graph_api.duplicates.compare import compare
from graph_api.duplicates.index import RecordIndex, index_of
from tests.duplicates.names import LEXICON, record

_FIRST = (
    "Slum",
    "Rapha",
    "Maat",
    "Astra",
    "Spero",
    "Baobab",
    "Quetzal",
    "Ceiba",
    "Nile",
    "Sahel",
    "Amur",
    "Ural",
)
_SECOND = ("Child", "Hope", "Justice", "Forest", "River", "Health", "Law", "Memory", "School", "Harvest")
_THIRD = ("Foundation", "Trust", "Network", "Association", "Kenya", "International")
NAMES = [f"{a} {b} {c}" for a in _FIRST for b in _SECOND for c in _THIRD]


def index(names: list[str]) -> RecordIndex:
    return index_of((record(name) for name in names), LEXICON)


def test_a_pair_has_its_score_and_the_best_comes_first() -> None:
    found = index(["Slum Child Foundation", "Slum Child Trust", "Maat"]).matches(
        record("The Slum Child Foundation", "new"), 0.5
    )

    assert [pair.right.key for pair in found] == ["Slum Child Foundation", "Slum Child Trust"]
    assert found[0].score > found[1].score >= 0.5


def test_a_record_is_no_candidate_of_itself() -> None:
    known = index(["Slum Child Foundation", "Maat"])

    assert known.matches(record("Slum Child Foundation"), 0.0) == []


def test_every_pair_is_found_that_comparing_all_would_find() -> None:
    # Given names of which many share words, and a misspelled twin for some
    chosen = random.Random(6).sample(NAMES, 40)
    twins = [name.replace("ou", "uo") for name in chosen if "ou" in name]
    known = index(chosen + twins)

    found = {frozenset((pair.left.key, pair.right.key)) for pair in known.pairs(0.8)}

    every = {
        frozenset((one.record.key, other.record.key))
        for one in known.records
        for other in known.records
        if one is not other and compare(one, other, known.weigh, known.others).score >= 0.8
    }
    assert found == every
    assert len(every) >= len(twins) > 0


def test_the_order_of_the_records_changes_nothing() -> None:
    forward, backward = index(NAMES), index(NAMES[::-1])

    assert list(forward.pairs(0.9)) == list(backward.pairs(0.9))


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    known = index(NAMES)
    common, rare = known.rarity("=foundation"), known.rarity("quetzal")

    assert common < rare < known.rarity("never seen") == 1


def test_a_short_form_that_many_bear_is_worth_less() -> None:
    alone = index(["Hopes of Many Elders", "Maat"]).matches(record("HOME", "new"), 0.0)
    shared = index(["Hopes of Many Elders", "Houses of Mothers Everywhere"]).matches(
        record("HOME", "new"), 0.0
    )

    assert alone[0].score > shared[0].score == shared[1].score


def test_an_empty_index_and_an_empty_name_find_nothing() -> None:
    assert index([]).matches(record("Maat"), 0.0) == []
    assert index(["Maat"]).matches(record("", "new"), 0.0) == []
    assert list(index(["", " ", "()"]).pairs(0.1)) == []
