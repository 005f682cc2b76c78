"""Random operations over the toy graph: every answer is the oracle's, on both engines."""

from __future__ import annotations

import pytest

from tests.oracle.answers import Oracle
from tests.oracle.fuzz import disagreements
from tests.oracle.graph import dump
from tests.toy.fixtures import Graph
from tests.toy.ontology import TOY

OPERATIONS = 120
"""Root fields for each seed."""


@pytest.fixture(scope="module")
async def oracle(toy: Graph) -> Oracle:
    return Oracle(TOY, toy.runtime.schema.sdl(), await dump(toy.runtime.store, TOY))


@pytest.mark.parametrize("seed", range(9))
async def test_every_answer_is_the_oracle_s(toy: Graph, oracle: Oracle, seed: int) -> None:
    completed = toy.runtime.completed_rows

    found = await disagreements(toy, oracle, seed, OPERATIONS)

    assert not found, "\n\n".join(found)
    assert toy.runtime.completed_rows == completed, "sound rows are shaped by generated code"
