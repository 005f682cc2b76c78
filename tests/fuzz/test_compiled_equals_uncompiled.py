"""Random operations by generated shapers, completed by graphql-core, and the short way: nothing differs.

Half of the operations read what a database should never give. A failure prints the seed and the
operation; cut it down by hand and keep it in ``test_found_before.py``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

import pytest

from tests.fuzz.comparison import Bench, Pair
from tests.fuzz.operations import Operation

PARTS = 10
SIZE = 500
"""5,000 operations in all."""


@dataclass(slots=True)
class Tally:
    """What a part saw."""

    right: list[Pair] = field(default_factory=list)
    faulty: list[Pair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, pair: Pair, told: str) -> None:
        """Count a pair, and say what is wrong with it."""
        (self.faulty if pair.spoiled else self.right).append(pair)
        if pair.differ:
            self.problems.append(
                f"{told}\n  compiled  {pair.compiled}\n  completed {pair.completed}\n  short {pair.short}"
            )
        elif not pair.spoiled and (pair.given_up or pair.has_defect):
            self.problems.append(f"{told}\n  not compiled, or an incident: {pair.compiled}")


async def both(bench: Bench, seed: int, tally: Tally) -> None:
    """Execute the operation of a seed, and once more with other values and cursors of its answer."""
    rng = Random(f"operation {seed}")
    operation = bench.operation(rng)
    values = operation.values(rng)
    faults = rng.randint(1, 3) if seed % 2 else 0
    pair = await bench.pair(operation, values, f"{seed}", faults)
    tally.add(pair, told(seed, operation, values, faults))
    assert not pair.refused_by_validation, told(seed, operation, values, faults)
    if operation.variables and rng.random() < 0.5:
        again = operation.values(rng) | operation.cursors(pair.compiled["data"], rng)
        tally.add(await bench.pair(operation, again, f"{seed}", faults), told(seed, operation, again, faults))


def told(seed: int, operation: Operation, values: dict[str, object], faults: int) -> str:
    return f"seed {seed}, {faults} faults\n{operation.text}\n{json.dumps(values)}"


@pytest.mark.parametrize("part", range(PARTS))
async def test_data_errors_and_the_order_of_keys_are_the_same(bench: Bench, part: int) -> None:
    bench.forget_plans()
    tally = Tally()

    for seed in range(part * SIZE, (part + 1) * SIZE):
        await both(bench, seed, tally)

    assert not tally.problems, "\n\n".join(tally.problems[:5])
    # Of what was right, every row was shaped; of what was wrong, most was reported, and most of it in detail.
    assert sum(pair.shaped for pair in tally.right) > 0.8 * SIZE / 2
    assert sum(pair.taken for pair in tally.right) > 0.25 * SIZE / 2
    assert sum(len(pair.short) - pair.taken for pair in tally.faulty) > 0.25 * SIZE / 2
    with_errors = [pair for pair in tally.faulty if pair.errors]
    assert len(tally.faulty) > 0.8 * SIZE / 2
    assert len(with_errors) > 0.65 * len(tally.faulty)
    assert sum(not pair.has_defect for pair in with_errors) > 0.4 * len(with_errors)


async def test_operations_are_valid_and_varied(bench: Bench) -> None:
    operations = [bench.operation(Random(f"operation {seed}")) for seed in range(200)]

    assert all(bench.is_valid(operation) for operation in operations)
    texts = "\n".join(operation.text for operation in operations)
    # What an operation can be made of, each many times.
    for part in (
        "... on ",
        "fragment F",
        "@skip(if: $",
        "@include(if: true",
        "orderBy: [",
        "where: {",
        "asOf: ",
        "language: ",
        "node(",
        "nodes(",
        "entity(",
        "after: $",
        "before: $",
        "last: ",
        "__typename",
        "__schema",
        ": pageInfo",
        "sources",
        "totalCount",
    ):
        assert texts.count(part) >= 5, part
