"""Valid documents with wrong variables: other types, too large, too deep, ids and cursors damaged."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from tests.attacks.judge import Heard
from tests.attacks.wire import Asker
from tests.attacks.wrong import any_value, spoiled
from tests.fuzz.comparison import Bench
from tests.fuzz.operations import Operation

PARTS = 4
SIZE = 75
"""300 operations in all, each with its right variables and then with wrong ones."""
WRONG = 5
_FIRST = 5


def operation_with_variables(bench: Bench, rng: Random) -> Operation:
    """A valid operation that declares some."""
    while True:
        found = bench.operation(rng)
        if found.variables:
            return found


def wrong_values(values: dict[str, object], rng: Random) -> object:
    """What is sent in the place of the variables of an operation."""
    if rng.random() < 0.03:
        return any_value(rng)
    return {**values, "v0": any_value(rng)} if rng.random() < 0.2 else spoiled(values, rng)


@pytest.mark.parametrize("part", range(PARTS))
def test_wrong_variables_are_their_clients_fault(bench: Bench, asker: Asker, part: int) -> None:
    codes: Counter[str] = Counter()
    problems: list[str] = []

    def send(seed: int, text: str, values: object) -> Heard:
        heard = asker.post({"query": text, "variables": values})
        codes.update(heard.codes or ["answered"])
        if heard.faults:
            problems.append(f"seed {seed}: {heard.faults}\n{text}\n{json.dumps(values)[:5000]}")
        return heard

    for seed in range(part * SIZE, (part + 1) * SIZE):
        rng = Random(f"variables {seed}")
        operation = operation_with_variables(bench, rng)
        values = operation.values(rng)
        data = json.loads(send(seed, operation.text, values).body).get("data")
        values |= operation.cursors(data, rng)
        for _ in range(WRONG):
            send(seed, operation.text, wrong_values(values, rng))
        if len(problems) >= _FIRST:
            break

    assert not problems, "\n\n".join(problems)
    assert asker.count == (1 + WRONG) * SIZE
    for code in ("BAD_USER_INPUT", "MALFORMED_REQUEST", "INVALID_CURSOR", "INVALID_ID", "answered"):
        assert codes[code] >= 3, codes
