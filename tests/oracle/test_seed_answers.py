"""Random operations over the real seeds: every answer is the oracle's, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_api.engine.protocol import Store
from schema import ontology
from tests.oracle.answers import Oracle
from tests.oracle.fuzz import disagreements
from tests.oracle.graph import dump
from tests.toy.fixtures import Graph

OPERATIONS = 120
"""Root fields for each seed."""


@pytest.fixture(scope="module")
def oracles() -> dict[Store, Oracle]:
    """The oracles made so far: the seeds are the same for all tests."""
    return {}


@pytest.fixture
async def oracle(seeded_graph: Graph, oracles: dict[Store, Oracle]) -> Oracle:
    store = seeded_graph.runtime.store
    if store not in oracles:
        oracles[store] = Oracle(ontology, seeded_graph.runtime.schema.sdl(), await dump(store, ontology))
    return oracles[store]


@pytest.mark.parametrize("seed", range(9))
async def test_every_answer_is_the_oracle_s(seeded_graph: Graph, oracle: Oracle, seed: int) -> None:
    completed = seeded_graph.runtime.completed_rows

    # The oracle knows of no roles: it answers whoever sees everything.
    everything = replace(seeded_graph, role=ontology.roles[-1])

    found = await disagreements(everything, oracle, 1000 + seed, OPERATIONS)

    assert not found, "\n\n".join(found)
    assert seeded_graph.runtime.completed_rows == completed, "sound rows are shaped by generated code"
