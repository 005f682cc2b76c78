"""How well duplicates are found, and how fast.

Half of the ECOSOC register's names, chosen by seed, served for choosing the constants of the comparison;
what is reported, and held by ``tests/duplicates/test_measured.py``, comes from the other half.
"""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks import names as made_up
from benchmarks.corruptions import LabelledPair, halves, labelled_pairs
from benchmarks.report import Table
from graph_api.duplicates.compare import PreparedRecord, compare, prepared
from graph_api.duplicates.index import DEFAULT_THRESHOLD, RecordIndex, index_of
from graph_api.duplicates.lexicon import lexicon_of
from graph_api.duplicates.records import MatchableRecord
from schema.name_words import NAME_WORDS

SEED = 2026
EACH = 200
THRESHOLDS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
REFERENCE = Path(__file__).parents[1] / "seeds" / "reference"
MANY = 50_000
LEXICON = lexicon_of(NAME_WORDS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and the score that it got."""

    pair: LabelledPair
    score: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall at one threshold, from 0 to 1."""

    precision: float
    recall: float


def column(file: str, name: str) -> list[str]:
    """One column of a table of the reference data."""
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


def register_names() -> list[str]:
    """The names of the ECOSOC register."""
    return column("ecosoc_status_granted_1998_2024.csv", "ngo_name")


def records(names: Iterable[str], kind: str) -> list[MatchableRecord]:
    """A record for each name."""
    return [MatchableRecord(kind, str(number), (name,)) for number, name in enumerate(names)]


def register_index() -> RecordIndex:
    """The index of the register."""
    return index_of(records(register_names(), "Entry"), LEXICON)


def judged(index: RecordIndex, *, training: bool = False) -> list[Judged]:
    """The pairs of one half, each compared as the register's words make it."""
    chosen = halves(register_names(), SEED)[0 if training else 1]
    return [Judged(pair, score(index, pair.name, pair.other)) for pair in labelled_pairs(chosen, SEED, EACH)]


def score(index: RecordIndex, name: str, other: str) -> float:
    """The score of two names among those of an index: the entry of that name, where it has one."""
    one, two = (_prepared(index, each) for each in (name, other))
    return compare(one, two, index.weigh, index.others).score


def _prepared(index: RecordIndex, name: str) -> PreparedRecord:
    record = MatchableRecord("Name", name, (name,))
    known = (each for each in index.candidates(prepared(record, LEXICON)) if each.record.names == (name,))
    return next(known, None) or prepared(record, LEXICON)


def quality(found: Sequence[Judged], threshold: float) -> Quality:
    """Precision and recall of taking every pair at or above a threshold for the same."""
    taken = [each for each in found if each.score >= threshold]
    right = sum(each.pair.same for each in taken)
    same = sum(each.pair.same for each in found)
    return Quality(right / max(1, len(taken)), right / max(1, same))


def search_quality(index: RecordIndex, threshold: float, *, training: bool = False) -> Quality:
    """Precision and recall of looking twins up in the whole register, blocking included.

    A pair found is right when the entry has the name that the twin was made of.
    """
    chosen = halves(register_names(), SEED)[0 if training else 1]
    right = wrong = twins = 0
    for pair in labelled_pairs(chosen, SEED, EACH):
        if pair.same:
            twins += 1
            found = index.matches(MatchableRecord("Name", pair.other, (pair.other,)), threshold)
            hit = any(each.right.names[0] == pair.name for each in found)
            right += hit
            wrong += sum(each.right.names[0] != pair.name for each in found)
    return Quality(right / max(1, right + wrong), right / max(1, twins))


def examples(index: RecordIndex) -> list[Judged]:
    """The pairs that were judged by hand before there was a measure."""
    file = "entity_resolution_examples.csv"
    columns = zip(
        column(file, "name_a"),
        column(file, "name_b"),
        column(file, "how_matched"),
        column(file, "judgement_unconfirmed"),
        strict=True,
    )
    return [
        Judged(LabelledPair(a, b, how, same="different" not in label), score(index, a, b))
        for a, b, how, label in columns
    ]


async def measure() -> Table:
    """Precision and recall at the thresholds."""
    index = register_index()
    pairs, by_hand = judged(index), examples(index)
    rows = []
    for threshold in THRESHOLDS:
        of_pairs, of_search = quality(pairs, threshold), search_quality(index, threshold)
        right = sum((each.score >= threshold) == each.pair.same for each in by_hand)
        shown = [of_pairs.precision, of_pairs.recall, of_search.precision, of_search.recall]
        rows.append((f"{threshold:g}", *(f"{value:.3f}" for value in shown), f"{right} of {len(by_hand)}"))
    same = sum(each.pair.same for each in pairs)
    return Table(
        (
            "threshold",
            "pairs: precision",
            "recall",
            "search in the register: precision",
            "recall",
            "pairs judged by hand: right",
        ),
        tuple(rows),
        f"`make bench ARGS=duplicates`: {same:,} twins and {len(pairs) - same:,} strangers made of the half "
        "of the register's names that served for no constant (`benchmarks/corruptions.py`)",
    )


async def measure_ways() -> Table:
    """For each way in which pairs were made, how many are taken for the same at the usual threshold."""
    index = register_index()
    ways: dict[str, list[Judged]] = {}
    for each in judged(index):
        ways.setdefault(each.pair.way, []).append(each)
    rows = tuple(
        (
            way,
            "same" if found[0].pair.same else "different",
            f"{len(found)}",
            f"{sum(each.score >= DEFAULT_THRESHOLD for each in found) / len(found):.2f}",
        )
        for way, found in ways.items()
    )
    columns = ("made by", "truth", "pairs", f"taken for the same at {DEFAULT_THRESHOLD:g}")
    return Table(columns, rows, "`make bench ARGS=duplicate-ways`")


async def measure_times() -> Table:
    """How long finding takes."""
    gc.collect()
    seen = records(column("organizations_seen.csv", "name_as_written"), "Seen")
    began = perf_counter()
    index = register_index()
    built = perf_counter()
    for record in seen:
        index.matches(record)
    looked = perf_counter()
    random = Random(SEED)
    many = records((f"{made_up.organization(random)} {made_up.town(random)}" for _ in range(MANY)), "Many")
    began_many = perf_counter()
    large = index_of(many, LEXICON)
    built_many = perf_counter()
    for record in many[:1000]:
        large.matches(record)
    looked_many = perf_counter()
    rows = (
        (f"index of {len(index.records):,} names", f"{built - began:.2f} s"),
        (f"{len(seen)} names looked up in it", f"{looked - built:.2f} s"),
        (f"index of {MANY:,} names", f"{built_many - began_many:.1f} s"),
        ("one name looked up in it, mean of 1,000", f"{looked_many - built_many:.1f} ms"),
    )
    return Table(("what", "time"), rows, "`make bench ARGS=duplicate-times`: one run on one core")
