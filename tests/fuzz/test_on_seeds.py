"""Random operations on the seeds, on both engines: every row that a database really gives is shaped."""

from __future__ import annotations

from random import Random

from tests.fuzz.comparison import Bench, response_of
from tests.toy.fixtures import Graph

OPERATIONS = 100


async def test_rows_of_a_real_database_are_shaped_as_graphql_completes_them(
    bench: Bench, seeded_graph: Graph
) -> None:
    runtime = seeded_graph.runtime
    shaped = 0
    for seed in range(OPERATIONS):
        rng = Random(f"seeds {seed}")
        operation = bench.operation(rng)
        values = operation.values(rng)
        for _ in range(2):
            runtime.completed_rows = 0
            compiled = response_of(await seeded_graph.ask(operation.text, values))
            assert not runtime.completed_rows, f"seed {seed}\n{operation.text}\n{values}"
            runtime.compiled = False
            try:
                completed = response_of(await seeded_graph.ask(operation.text, values))
            finally:
                runtime.compiled = True

            assert list(map(str, compiled.items())) == list(map(str, completed.items())), (
                f"seed {seed}\n{operation.text}\n{values}"
            )
            assert "INTERNAL" not in str(compiled), f"seed {seed}\n{operation.text}\n{values}"
            assert "DATABASE" not in str(compiled), f"seed {seed}\n{operation.text}\n{values}"
            shaped += compiled["errors"] == []
            values = values | operation.cursors(compiled["data"], rng)
    assert shaped > OPERATIONS
