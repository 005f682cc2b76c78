"""A smallest set of rules that no slate keeps together.

By implicit hitting sets (Ignatiev, Previti, Liffiton and Marques-Silva: Smallest MUS extraction with minimal
hitting set dualization, 2015). Whatever conflicts has a rule in common with every set of rules that would
have to go. So the smallest set of rules that meets all such sets found so far is tried: when it conflicts,
nothing smaller does; when a slate keeps it, that slate shows one more set of rules that would have to go.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from graph_api.slates.problem import Candidate, Rule
from graph_api.slates.program import Program, best_choice
from graph_api.slates.solver import Solver

SECONDS = 1.5
"""For looking for a smaller conflict than one that nothing can be left out of: both within two seconds."""


def smallest_conflict(solver: Solver, seconds: float = SECONDS) -> tuple[Rule, ...]:
    """The rules, in their order, of a problem that has no slate.

    When the time is up, rules of which each is needed for the conflict, though another one may be smaller.
    Raises ``RequestTimeoutError`` when even that takes too long.
    """
    rules = solver.problem.rules
    end = monotonic() + seconds
    known = _irreducible(solver)
    gone: list[frozenset[int]] = []
    while len(known) > 1 and (left := end - monotonic()) > 0:
        tried = _meeting(gone, len(rules), left)
        if len(tried) >= len(known):
            break
        chosen = solver.best(without=[rule for number, rule in enumerate(rules) if number not in tried])
        if chosen is None:
            return tuple(rules[number] for number in sorted(tried))
        gone.append(_given_up(solver, chosen))
    return known


def _irreducible(solver: Solver) -> tuple[Rule, ...]:
    """Each rule is left out for good where the others still conflict."""
    left_out: list[Rule] = []
    for rule in solver.problem.rules:
        if solver.best(without=(*left_out, rule)) is None:
            left_out.append(rule)
    return tuple(rule for rule in solver.problem.rules if rule not in left_out)


def _meeting(gone: Sequence[frozenset[int]], count: int, seconds: float) -> frozenset[int]:
    """The fewest rules that have one in common with each of these sets."""
    columns = [[at for at, each in enumerate(gone) if number in each] for number in range(count)]
    least, most = [1.0] * len(gone), [float(count)] * len(gone)
    found = best_choice(Program([-1] * count, columns, least, most), seconds) if gone else []
    return frozenset(found or ())


def _given_up(solver: Solver, chosen: Sequence[Candidate]) -> frozenset[int]:
    """The rules that a slate breaks, after it was changed to keep as many more as can be added one by one."""
    rules = solver.problem.rules
    broken = set(solver.problem.broken(chosen))
    for rule in rules:
        if rule in broken:
            other = solver.best(without=broken - {rule})
            if other is not None:
                broken = set(solver.problem.broken(other))
    return frozenset(number for number, rule in enumerate(rules) if rule in broken)
