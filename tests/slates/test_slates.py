"""Slates: the optimum against brute force, the costs of rules, near misses and conflicts."""

from __future__ import annotations

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph_api.errors import InvalidArgumentError, LimitExceededError
from graph_api.slates.conflict import smallest_conflict
from graph_api.slates.problem import KEY, Bound, Candidate, Problem, Rule, fixed_in, fixed_out
from graph_api.slates.propose import propose
from graph_api.slates.solver import Solver

LABELS = [("region", "A"), ("region", "B"), ("kind", "X"), ("kind", "Y")]


def candidate(key: str, score: int, *labels: tuple[str, str]) -> Candidate:
    return Candidate(key, score, frozenset(labels))


def brute(problem: Problem, without: tuple[Rule, ...] = (), including: str | None = None) -> int | None:
    """The best total by trying every selection."""
    totals = [
        sum(each.score for each in chosen)
        for chosen in combinations(problem.candidates, problem.size)
        if all(rule in without for rule in problem.broken(chosen))
        and (including is None or any(each.key == including for each in chosen))
    ]
    return max(totals, default=None)


@some.composite
def problems(draw: some.DrawFn) -> Problem:
    count = draw(some.integers(1, 8))
    candidates = tuple(
        Candidate(f"c{number}", draw(some.integers(0, 12)), draw(some.frozensets(some.sampled_from(LABELS))))
        for number in range(count)
    )
    wanted = draw(some.lists(some.sampled_from([*LABELS, ("region", None), (KEY, "c0")]), max_size=5))
    rules = tuple(
        Rule(f"r{number}", draw(some.sampled_from(Bound)), draw(some.integers(0, 3)), scheme, value)
        for number, (scheme, value) in enumerate(wanted)
    )
    return Problem(candidates, draw(some.integers(1, count)), rules)


@given(problem=problems())
@settings(max_examples=250, deadline=None)
def test_slates_costs_and_near_misses_are_those_of_brute_force(problem: Problem) -> None:
    slate = propose(problem)

    best = brute(problem)
    assert (slate.total if slate.feasible else None) == best
    if best is None:
        assert slate.conflict
        outside = tuple(rule for rule in problem.rules if rule not in slate.conflict)
        assert brute(problem, outside) is None
        for fewer in combinations(problem.rules, len(slate.conflict) - 1):
            others = tuple(rule for rule in problem.rules if rule not in fewer)
            assert brute(problem, others) is not None, "a smaller conflict"
        return
    assert problem.broken(slate.chosen) == []
    for each in slate.costs:
        assert each.cost == (brute(problem, (each.rule,)) or 0) - best
    for near in slate.nearly:
        with_it = brute(problem, including=near.candidate.key)
        assert near.loss == (None if with_it is None else best - with_it)


def test_a_rule_says_what_it_costs_and_who_it_keeps_out() -> None:
    candidates = (
        candidate("a1", 90, ("region", "A")),
        candidate("a2", 80, ("region", "A")),
        candidate("b1", 38, ("region", "B")),
    )
    most = Rule("at most 1 of A", Bound.AT_MOST, 1, "region", "A")

    slate = propose(Problem(candidates, 2, (most,)))

    assert [each.key for each in slate.chosen] == ["a1", "b1"]
    assert [(each.rule.name, each.cost) for each in slate.costs] == [("at most 1 of A", 42)]
    (near,) = slate.nearly
    assert (near.candidate.key, near.loss, near.blocking) == ("a2", 10, (most,))


def test_only_the_rules_in_conflict_are_named() -> None:
    candidates = tuple(candidate(f"a{number}", number, ("region", "A")) for number in range(4))
    least = Rule("at least 1 of B", Bound.AT_LEAST, 1, "region", "B")
    harmless = Rule("at most 3 of A", Bound.AT_MOST, 3, "region", "A")

    slate = propose(Problem(candidates, 3, (harmless, least)))

    assert not slate.feasible
    assert slate.conflict == (least,)


def test_of_several_conflicts_the_smallest_is_named() -> None:
    """Leaving out what can be left out, in order, would end with the three that share the seats."""
    candidates = tuple(
        candidate(f"{place}{number}", number, ("region", place)) for place in "ABC" for number in range(3)
    )
    shares = [Rule(f"at least 2 of {place}", Bound.AT_LEAST, 2, "region", place) for place in "ABC"]
    pair = (Rule("at most 1 of A", Bound.AT_MOST, 1, "region", "A"), shares[0])

    slate = propose(Problem(candidates, 5, (pair[0], *shares)))

    assert set(slate.conflict) == set(pair)


def test_when_time_is_up_a_conflict_is_named_all_the_same() -> None:
    candidates = tuple(candidate(f"{place}1", 1, ("region", place)) for place in "AB")
    rules = tuple(Rule(f"at least 1 of {place}", Bound.AT_LEAST, 1, "region", place) for place in "AB")

    assert smallest_conflict(Solver(Problem(candidates, 1, rules)), seconds=0) == rules


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    propose(Problem((candidate("a", 1), candidate("b", 2)), 1, (fixed_out("b"),)))

    assert capfd.readouterr() == ("", "")


def test_in_and_out_at_once_are_a_conflict_of_both() -> None:
    problem = Problem((candidate("a", 1), candidate("b", 2)), 1, (fixed_in("a"), fixed_out("a")))

    assert propose(problem).conflict == problem.rules


@pytest.mark.parametrize(
    ("size", "rules"),
    [
        (0, ()),
        (3, ()),
        (1, (fixed_in("nobody"),)),
        (1, (fixed_in("a"), fixed_in("a"))),
        (1, (Rule("negative", Bound.AT_MOST, -1, "region", "A"),)),
    ],
)
def test_what_cannot_be_meant_is_refused(size: int, rules: tuple[Rule, ...]) -> None:
    with pytest.raises(InvalidArgumentError):
        Problem((candidate("a", 1), candidate("b", 1)), size, rules)


def test_too_many_rules_are_refused() -> None:
    rules = tuple(Rule(str(number), Bound.AT_MOST, 1, "region", "A") for number in range(51))

    with pytest.raises(LimitExceededError):
        Problem((candidate("a", 1),), 1, rules)


def large() -> Problem:
    """5,000 candidates of 190 countries, 5 regions, 3 kinds, 7 themes and 4 networks, and 20 rules."""
    candidates = tuple(
        candidate(
            f"o{n}",
            (n * 7919) % 100_000,
            ("country", str((n * 31) % 190)),
            ("region", str((n * 31) % 190 % 5)),
            ("kind", str(n * n % 3)),
            ("theme", str(n % 7)),
            ("theme", str(n // 7 % 7)),
            ("network", str(n % 4)),
            ("newcomer", str(n % 11 == 0)),
        )
        for n in range(5000)
    )
    rules = [Rule(f"region {n}", Bound.AT_LEAST, 8, "region", str(n)) for n in range(5)]
    rules += [Rule(f"theme {n}", Bound.AT_LEAST, 12, "theme", str(n)) for n in range(7)]
    rules += [Rule(f"network {n}", Bound.AT_MOST, 14, "network", str(n)) for n in range(4)]
    rules += [
        Rule("country", Bound.AT_MOST, 1, "country"),
        Rule("newcomers", Bound.AT_LEAST, 15, "newcomer", "True"),
        Rule("kind 0", Bound.AT_LEAST, 20, "kind", "0"),
        fixed_in("o1"),
    ]
    return Problem(candidates, 50, tuple(rules))


def test_5000_candidates_with_20_rules_take_less_than_two_seconds() -> None:
    problem = large()
    assert (len(problem.candidates), len(problem.rules)) == (5000, 20)

    began = perf_counter()
    slate = propose(problem)

    assert perf_counter() - began < 2
    assert slate.feasible
    assert problem.broken(slate.chosen) == []
