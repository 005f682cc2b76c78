"""How well a search finds what is meant, and how fast.

Half of the ECOSOC register's names, chosen by seed, served for choosing the constants of the ranking; what is
reported, and held by ``tests/search/test_measured.py``, comes from the other half and from the queries of
``search_by_hand.csv``. All are looked up among everything that the seeds hold.
"""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

from benchmarks import names as made_up
from benchmarks.corruptions import halves
from benchmarks.duplicates import LEXICON, MANY, SEED, register_names
from benchmarks.report import Table
from benchmarks.search_queries import queries
from graph_api.imports.prepare import prepare
from graph_api.imports.records import StoredNode
from graph_api.search.index import SearchIndex, search_index
from graph_api.search.records import EntityId, SearchedRecord
from graph_api.search.scheme import search_scheme, stored_names
from schema import ontology
from seeds import catalogue

EACH = 30
FIRST = 10
BY_HAND = Path(__file__).with_name("search_by_hand.csv")
HAND = "written by hand"


@dataclass(frozen=True, slots=True)
class Looked:
    """A query that was looked up, and the place of the first right answer, from 1; 0 where there is none."""

    text: str
    way: str
    place: int


@dataclass(frozen=True, slots=True)
class Found:
    """``recall`` is the share of queries with a right answer among the first ten, ``mrr`` the mean of one
    over its place."""

    queries: int
    recall: float
    mrr: float


def seed_records() -> list[SearchedRecord]:
    """Everything searched that the public sees of the seeds, without an engine."""
    scheme = search_scheme(ontology)
    nodes: dict[EntityId, StoredNode] = {}
    for file in catalogue():
        for node in prepare(ontology, file, file.path.read_bytes()).nodes:
            nodes.setdefault((node.ref.kind, node.ref.key), node)
    columns = {
        each.kind.name: [name for found in each.names for name in stored_names(found, ontology)]
        for each in scheme.kinds
        if each.kind.visible_to is None
    }
    by_kind = sorted(nodes.items(), key=lambda each: (list(ontology.nodes).index(each[0][0]), each[0][1]))
    return [
        SearchedRecord(kind, key, tuple(dict.fromkeys(_texts(node, columns[kind]))))
        for (kind, key), node in by_kind
        if kind in columns
    ]


def _texts(node: StoredNode, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        value = node.properties.get(column)
        yield from (str(text) for text in (value if isinstance(value, list) else [value]) if text)


def seed_index() -> SearchIndex:
    """The index of them."""
    return search_index(seed_records(), LEXICON)


def generated(index: SearchIndex, *, training: bool = False) -> list[Looked]:
    """The queries made from one half of the names of the register, looked up."""
    keys: dict[str, set[EntityId]] = {}
    for record in index.records:
        for name in record.names:
            keys.setdefault(name, set()).add(record.identity)
    chosen = halves(register_names(), SEED)[0 if training else 1]
    return [
        Looked(each.text, each.way, _place(index, each.text, keys[each.name]))
        for each in queries(chosen, SEED, EACH)
    ]


def by_hand(index: SearchIndex) -> list[Looked]:
    """The queries of the file, looked up."""
    with BY_HAND.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Looked(row["text"], HAND, _place(index, row["text"], _ids(row["expected"]))) for row in rows]


def quality(looked: Iterable[Looked]) -> Found:
    """Recall and MRR of queries."""
    places = [each.place for each in looked]
    return Found(
        len(places),
        sum(place > 0 for place in places) / max(1, len(places)),
        sum(1 / place for place in places if place) / max(1, len(places)),
    )


def _place(index: SearchIndex, text: str, expected: set[EntityId]) -> int:
    first = index.search(text)[:FIRST]
    return next((at for at, hit in enumerate(first, 1) if hit.record.identity in expected), 0)


def _ids(text: str) -> set[EntityId]:
    return {(kind, key) for kind, _, key in (each.partition(":") for each in text.split(" | "))}


async def measure() -> Table:
    """Recall and MRR, for each way in which queries were made and for all."""
    index = seed_index()
    looked = generated(index)
    ways: dict[str, list[Looked]] = {}
    for each in [*looked, *by_hand(index)]:
        ways.setdefault(each.way, []).append(each)
    rows = [(way, quality(found)) for way, found in ways.items()]
    rows.append(("all that were generated", quality(looked)))
    return Table(
        ("made by", "queries", "recall@10", "MRR"),
        tuple((way, f"{found.queries}", f"{found.recall:.3f}", f"{found.mrr:.3f}") for way, found in rows),
        f"`make bench ARGS=search`: looked up among {len(index.records):,} entities with "
        f"{len(index.names):,} names; the generated queries are made of the half of the register's names "
        "that served for no constant (`benchmarks/search_queries.py`)",
    )


async def measure_times() -> Table:
    """How long indexing and searching take among many names."""
    random = Random(SEED)
    many = [f"{made_up.organization(random)} {made_up.town(random)}" for _ in range(MANY)]
    gc.collect()
    began = perf_counter()
    index = search_index((SearchedRecord("Many", str(at), (name,)) for at, name in enumerate(many)), LEXICON)
    built = perf_counter() - began
    times = []
    for query in queries(many[:5000], SEED, EACH):
        started = perf_counter()
        index.search(query.text)
        times.append((perf_counter() - started) * 1000)
    rows = (
        (f"index of {MANY:,} names", f"{built:.1f} s"),
        (f"one of {len(times)} queries, median", f"{median(times):.1f} ms"),
        ("one of a hundred takes longer than", f"{quantiles(times, n=100)[-1]:.1f} ms"),
    )
    return Table(("what", "time"), rows, "`make bench ARGS=search-times`: one run on one core")
