"""The seeds in a store of each engine, loaded once for all tests of a module."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.imports import LoadReport, load
from schema import ontology
from seeds import catalogue

WIPE = Statement("MATCH (n) DETACH DELETE n")


@dataclass(frozen=True, slots=True)
class Seeded:
    """A store with all seeds in it, and the report of the load."""

    store: BoltStore
    report: LoadReport


@pytest.fixture(scope="module")
async def bare_store(store: BoltStore) -> BoltStore:
    """A store with the keys and indexes of the ontology: without them each upsert would scan its kind."""
    await store.write([WIPE])
    await apply_definitions(store, definitions_of(ontology))
    return store


@pytest.fixture(scope="module")
async def seeded(bare_store: BoltStore) -> Seeded:
    return Seeded(bare_store, await load(bare_store, ontology, catalogue()))
