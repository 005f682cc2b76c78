"""Random operations asked of the server and of the oracle."""

from __future__ import annotations

from random import Random

from tests.oracle.answers import Oracle
from tests.oracle.comparison import cursor_pairs, differences
from tests.oracle.operations import Operation, Writer
from tests.oracle.values import Values
from tests.toy.fixtures import Graph

RUNS = 10
"""How often an operation is asked: first without cursors, then with new values and cursors of its answers."""
ROOTS = 4


async def disagreements(graph: Graph, oracle: Oracle, seed: int, operations: int) -> list[str]:
    """Where the server's answers differ from the oracle's, for so many root fields."""
    rng = Random(seed)
    values = Values(oracle.graph)
    found: list[str] = []
    for _ in range(0, operations, RUNS * ROOTS):
        operation = Writer(oracle.ontology, oracle.schema, values, rng).operation(ROOTS)
        found += await _ask_both(graph, oracle, operation, rng)
    return found


async def _ask_both(graph: Graph, oracle: Oracle, operation: Operation, rng: Random) -> list[str]:
    variables = operation.variables(rng)
    taking = {name: alias for name, alias in operation.cursors.items() if rng.random() < 0.8}
    ours: dict[str, object] = {}
    theirs: dict[str, object] = {}
    found = []
    for run in range(RUNS):
        expected = oracle.answer(operation.text, variables | ours)
        result = await graph.ask(operation.text, variables | theirs)
        wrong = [f"{error.message} at {error.path}" for error in result.errors or ()]
        wrong += differences(expected, result.data)
        if wrong:
            found.append(f"{operation.text}\n{variables | theirs}\n  " + "\n  ".join(wrong[:5]))
            break
        if run % 2:
            variables = operation.variables(rng)
        for name, alias in taking.items():
            # A cursor stays where none was found: a new one would be a new shape, and a slow new plan.
            pairs = list(cursor_pairs(expected, result.data, alias))
            if pairs:
                ours[name], theirs[name] = rng.choice(pairs)
    return found
