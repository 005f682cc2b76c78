"""How long answers of many facts take, asked of a graph in the embedded engine.

The facts behind them are read once for a version of the graph and shared, so the first question after a
change takes longer than those that follow. Both are measured, on the seeds and on 5,000 organizations.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.fill import write_graph
from benchmarks.report import Table
from graph_api.changes.version import raise_version
from graph_api.coverage.declare import coverage_of
from graph_api.duplicates.identity import identity_of
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.embedded import EmbeddedStore
from graph_api.findings.declare import findings_of
from graph_api.imports import load
from graph_api.serve.declared import Declared
from graph_api.serve.execution.context import RUNTIME
from graph_api.serve.processes.load import definitions_for
from graph_api.serve.runtime import Runtime, runtime_of
from schema import ontology
from schema.coverage import coverage
from schema.health import findings
from schema.identity import identity
from schema.own_fields import own_fields
from seeds import catalogue

SCALE = 0.1
TIMES = 9
_PART = "nodes { degree entity { key name } } edges { relation since sources { key } }"
_MATCH = """{ matchOrganizations(%s, first: 20) { totalCount edges { score node { key name }
  reasons { criterion contribution explanation sources { key } } gaps { criterion explanation } } } }"""
_SLATE = """{ proposeSlate(%s, size: 20, constraints: [{ bound: AT_MOST, number: 2, scheme: COUNTRY }]) {
  total seats { score organization { key name } } rules { text cost } nearly { loss explanation } } }"""
_COVERAGE = """{ coverage(rows: { by: THEME }, columns: { by: REGION_M49 }) {
  cells { rowKey columnKey count } gaps { rowKey columnKey } } }"""
_HEALTH = """{ networkHealth(network: "%s", asOf: "2024-12-31") {
  findings { rule severity message evidence { key } sources { key } } } }"""
_SEARCH = '{ search(text: "%s") { totalCount facets { name values { key count } } edges { node { key } } } }'
_AROUND = '{ neighborhood(keys: ["%s"], depth: 2) { totalNodes ' + _PART + " } }"
_PATHS = '{ paths(from: "%s", to: "%s") { length nodes { key } edges { relation } } }'

Fill = Callable[[BoltStore], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Graph:
    """A graph to ask, and the questions by what they are."""

    title: str
    fill: Fill
    asked: Mapping[str, str]


async def measure() -> Table:
    """Times of the first and of later questions on both graphs."""
    rows: list[tuple[str, ...]] = []
    for graph in (_SEEDS, _LARGE):
        with tempfile.TemporaryDirectory() as folder:
            store = await EmbeddedStore.start(Path(folder))
            try:
                await apply_definitions(store, definitions_for(ontology))
                await graph.fill(store)
                await store.write([raise_version()])
                rows += [(graph.title, *row) for row in await _measured(store, graph.asked)]
            finally:
                await store.close()
    note = (
        f"`make bench ARGS=answers`: in the process of a server, without HTTP, the embedded engine beside "
        f"it; later ones are medians of {TIMES}"
    )
    return Table(("graph", "question", "the first after a change, ms", "later ones, ms"), tuple(rows), note)


async def _measured(store: BoltStore, asked: Mapping[str, str]) -> list[tuple[str, str, str]]:
    runtime = runtime_of(
        ontology,
        store,
        Declared(
            identity=identity_of(identity, ontology),
            coverage=coverage_of(coverage, ontology),
            findings=findings_of(findings, ontology),
            fields=own_fields,
        ),
    )
    rows = []
    for what, text in asked.items():
        # What planning costs, once for a process, is not what is measured.
        await _seconds(runtime, text)
        await store.write([raise_version()])
        await runtime.versions.committed()
        first = await _seconds(runtime, text)
        later = median([await _seconds(runtime, text) for _ in range(TIMES)])
        rows.append((what, f"{first * 1000:,.0f}", f"{later * 1000:,.0f}"))
    return rows


async def _seconds(runtime: Runtime, text: str) -> float:
    began = perf_counter()
    answer = await runtime.schema.strawberry.execute(text, context_value={RUNTIME: runtime})
    if answer.errors:
        raise RuntimeError(f"{text}: {answer.errors[0]}")
    return perf_counter() - began


async def _seeds(store: BoltStore) -> None:
    report = await load(store, ontology, catalogue())
    report.raise_if_rejected()


async def _large(store: BoltStore) -> None:
    await write_graph(store, SCALE)


_SEEDS = _Graph(
    "seeds",
    _seeds,
    {
        "matching, a dialogue": _MATCH % 'event: "CD-2024-FIREARMS"',
        "a slate of 20": _SLATE % 'event: "CD-2024-FIREARMS"',
        "coverage, themes and regions": _COVERAGE,
        "health of a network": _HEALTH % "NET4U-AFRICA",
        "search": _SEARCH % "traficking women",
        "neighbourhood, depth 2": _AROUND % "CD-2024-FIREARMS",
        "paths": _PATHS % ("DEMO-ORG-BAOBAB", "DEMO-ORG-NILE"),
    },
)
_LARGE = _Graph(
    f"{SCALE * 50_000:,.0f} organizations",
    _large,
    {
        "matching, a theme": _MATCH % 'criteria: { themes: ["FIREARMS"] }',
        "a slate of 20": _SLATE % 'event: "EVENT-000001"',
        "coverage, themes and regions": _COVERAGE,
        "search": _SEARCH % "traficking women",
        "neighbourhood, depth 2": _AROUND % "EVENT-000001",
        "paths": _PATHS % ("EVENT-000001", "EVENT-000002"),
    },
)
