"""The optimum is that of all candidates, however few of them the search begins with."""

from __future__ import annotations

import pytest

from graph_api.slates import solver
from graph_api.slates.problem import Bound, Candidate, Problem, Rule
from graph_api.slates.solver import Solver, total_of


@pytest.mark.parametrize("seed", range(25))
def test_a_small_part_gives_the_same_total_as_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = tuple(
        Candidate(
            f"c{n}",
            (n * 7919 + seed * 104_729) % 1009,
            frozenset(("group", str(group)) for group in range(9) if (n * 31 + seed + group * 7) % 3 == 0),
        )
        for n in range(80)
    )
    rules = tuple(
        Rule(str(group), (Bound.AT_LEAST, Bound.AT_MOST)[group % 2], 3 + group % 3, "group", str(group))
        for group in range(9)
    )
    problem = Problem(candidates, 9, rules)

    whole = Solver(problem).best()
    monkeypatch.setattr(solver, "_FIRST_PART", 5)
    part = Solver(problem).best()

    assert (part is None) == (whole is None)
    assert total_of(part or ()) == total_of(whole or ())
