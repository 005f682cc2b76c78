"""The real seeds in the shared stores: loaded once on each engine, after the tests that empty them.

Tests that take ``seeded_store`` or ``seeded_graph`` run last. Should another test have changed the
store all the same, the number of its nodes tells, and the seeds are loaded anew.
"""

from __future__ import annotations

from typing import cast

import pytest

from graph_api.coverage.declare import coverage_of
from graph_api.cypher.statement import Statement
from graph_api.duplicates.identity import identity_of
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Store
from graph_api.findings.declare import findings_of
from graph_api.imports import load
from graph_api.metrics.declare import measured_of
from graph_api.serve.declared import Declared
from graph_api.serve.runtime import runtime_of
from schema import ontology
from schema.commands import commands
from schema.coverage import coverage
from schema.health import findings
from schema.identity import identity
from schema.measured import measured
from schema.own_fields import own_fields
from seeds import catalogue
from tests.toy.fixtures import Graph

_FIXTURES = {"seeded_store", "seeded_graph", "seeds"}
_COUNT = Statement("MATCH (n) RETURN count(n)")


class Seeds:
    """Puts the seeds into a store unless they are there; remembers how many nodes they make."""

    def __init__(self) -> None:
        self._nodes: dict[Store, int] = {}
        self._graphs: dict[Store, Graph] = {}

    async def into(self, store: Store) -> None:
        """Load them if needed; a rejected row fails the test."""
        if self._nodes.get(store) == await _nodes(store):
            return
        await store.write([Statement("MATCH (n) DETACH DELETE n")])
        await apply_definitions(store, definitions_of(ontology))
        report = await load(store, ontology, catalogue())
        report.raise_if_rejected()
        self._nodes[store] = await _nodes(store)

    async def graph(self, store: Store) -> Graph:
        """The graph of the seeds in this store."""
        await self.into(store)
        if store not in self._graphs:
            compared = identity_of(identity, ontology)
            counted = coverage_of(coverage, ontology)
            self._graphs[store] = Graph(
                runtime_of(
                    ontology,
                    store,
                    Declared(
                        commands=commands,
                        identity=compared,
                        coverage=counted,
                        findings=findings_of(findings, ontology),
                        fields=own_fields,
                        measured=measured_of(measured, ontology),
                    ),
                )
            )
        return self._graphs[store]


async def _nodes(store: Store) -> int:
    return cast(int, (await store.read(_COUNT))[0][0])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Sorting keeps the order among equals, and with it the grouping by engine.
    items.sort(key=lambda item: not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    return Seeds()


@pytest.fixture
async def seeded_store(store: BoltStore, seeds: Seeds) -> BoltStore:
    """The store of the engine that the test runs on, with the seeds in it; for reading only."""
    await seeds.into(store)
    return store


@pytest.fixture
async def seeded_graph(seeded_store: BoltStore, seeds: Seeds) -> Graph:
    """The graph of the seeds, answering operations in this process."""
    return await seeds.graph(seeded_store)
