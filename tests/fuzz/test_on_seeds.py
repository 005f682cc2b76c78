"""Random operations on the seeds, on both engines: every row that a database really gives is shaped."""

from __future__ import annotations

from random import Random

from tests.fuzz.comparison import Bench, response_of
from tests.fuzz.operations import Operation, Writer, ambiguous_names
from tests.fuzz.values import Inputs
from tests.toy.fixtures import Graph

OPERATIONS = 100
MEASURED = frozenset({"organizations", "networks"})
"""The lists that metrics filter and order."""


async def shaped(graph: Graph, operation: Operation, rng: Random, seed: str) -> int:
    """Execute an operation, then a page after it, each in both ways; how many had no error."""
    runtime, values, good = graph.runtime, operation.values(rng), 0
    for _ in range(2):
        about = f"{seed}\n{operation.text}\n{values}"
        runtime.completed_rows = 0
        compiled = response_of(await graph.ask(operation.text, values))
        assert not runtime.completed_rows, about
        runtime.compiled = False
        try:
            completed = response_of(await graph.ask(operation.text, values))
        finally:
            runtime.compiled = True

        assert list(map(str, compiled.items())) == list(map(str, completed.items())), about
        assert "INTERNAL" not in str(compiled), about
        assert "DATABASE" not in str(compiled), about
        good += compiled["errors"] == []
        values = values | operation.cursors(compiled["data"], rng)
    return good


async def test_rows_of_a_real_database_are_shaped_as_graphql_completes_them(
    bench: Bench, seeded_graph: Graph
) -> None:
    good = 0
    for number in range(OPERATIONS):
        rng = Random(f"seeds {number}")
        good += await shaped(seeded_graph, bench.operation(rng), rng, f"seed {number}")
    assert good > OPERATIONS


async def test_lists_by_metrics_are_shaped_too(bench: Bench, seeded_graph: Graph) -> None:
    core = seeded_graph.runtime.schema.core
    ambiguous = ambiguous_names(core)
    good = measured = 0
    for number in range(OPERATIONS):
        rng = Random(f"measured {number}")
        inputs = Inputs(bench.kinds, rng, wanted=frozenset({"metrics"}))
        operation = Writer(core, inputs, ambiguous, rng, MEASURED).operation()
        measured += "metrics" in operation.text + str(operation.values(Random(number)))
        good += await shaped(seeded_graph, operation, rng, f"measured {number}")
    assert good > OPERATIONS
    assert measured > OPERATIONS // 5
