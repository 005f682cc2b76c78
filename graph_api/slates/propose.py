"""A slate with its reasons: what each rule costs, who nearly has a seat, which rules conflict."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.slates.conflict import smallest_conflict
from graph_api.slates.problem import KEY, Bound, Candidate, Problem, Rule
from graph_api.slates.solver import Solver, total_of

NEARLY = 5
"""Candidates without a seat that are looked at: those with the best scores."""


@dataclass(frozen=True, slots=True)
class RuleCost:
    """Without the rule, and with all others, the total would be higher by this."""

    rule: Rule
    cost: int


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A candidate without a seat.

    ``loss`` is what the total would lose with it; nothing where no slate that keeps the rules has it.
    ``blocking`` are the rules of which the slate has the most already that they allow, and the candidate
    would be one more.
    """

    candidate: Candidate
    loss: int | None
    blocking: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Slate:
    """The best selection, or the rules in conflict.

    ``conflict`` is empty where there is a slate. With any one of its rules left out, the others of it can be
    kept together, and fewer rules of the problem are in no conflict as far as ``smallest_conflict`` got.
    """

    chosen: tuple[Candidate, ...]
    total: int
    costs: tuple[RuleCost, ...] = ()
    nearly: tuple[NearMiss, ...] = ()
    conflict: tuple[Rule, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether there is a slate that keeps all rules."""
        return bool(self.chosen)


def propose(problem: Problem) -> Slate:
    """The slate with the highest total of those that keep all rules.

    Raises ``RequestTimeoutError`` when it takes too long.
    """
    solver = Solver(problem)
    chosen = solver.best()
    if chosen is None:
        return Slate((), 0, conflict=smallest_conflict(solver))
    total = total_of(chosen)
    return Slate(chosen, total, _costs(solver, total), _nearly(solver, chosen, total))


def _costs(solver: Solver, total: int) -> tuple[RuleCost, ...]:
    """The cost of each rule.

    A rule that the slate keeps with room to spare can cost something too: seats are whole. So every rule is
    left out in turn, unless no selection at all has a higher total.
    """
    problem = solver.problem
    highest = total_of(solver.candidates[: problem.size])
    costs = []
    for rule in problem.rules:
        other = solver.best(without=(rule,)) if highest > total else None
        costs.append(RuleCost(rule, total_of(other) - total if other else 0))
    return tuple(costs)


def _nearly(solver: Solver, chosen: tuple[Candidate, ...], total: int) -> tuple[NearMiss, ...]:
    out = {rule.value for rule in solver.problem.rules if rule.scheme == KEY and rule.number == 0}
    # Whoever is fixed out is not nearly in.
    rest = [each for each in solver.candidates if each not in chosen and each.key not in out]
    found = []
    for each in rest[:NEARLY]:
        other = solver.best(including=each)
        loss = None if other is None else total - total_of(other)
        found.append(NearMiss(each, loss, _blocking(solver.problem, chosen, each)))
    return tuple(found)


def _blocking(problem: Problem, chosen: tuple[Candidate, ...], missing: Candidate) -> tuple[Rule, ...]:
    return tuple(
        rule
        for rule, labels in zip(problem.rules, problem.labels, strict=True)
        if rule.bound is Bound.AT_MOST
        and any(
            missing.has(label) and sum(each.has(label) for each in chosen) >= rule.number for label in labels
        )
    )
