"""How long the best slate of 5,000 candidates under 20 constraints takes, with all that is said about it.

The graphs of candidates are random: unlike tests, which prove the optimum on small ones, they show how the
time varies. Scores and labels go together, as they do in life, so that the constraints bind.
"""

from __future__ import annotations

from random import Random
from statistics import median
from time import perf_counter

from benchmarks.report import Table
from graph_api.slates.problem import Bound, Candidate, Problem, Rule, fixed_in, fixed_out
from graph_api.slates.propose import propose

CANDIDATES, SEATS, PROBLEMS = 5_000, 50, 20
COUNTRIES, REGIONS, THEMES, NETWORKS, KINDS = 190, 5, 7, 4, 3


async def measure() -> Table:
    """Times over random problems, and how many of them have a slate."""
    times, feasible, binding = [], 0, 0
    for seed in range(PROBLEMS):
        problem = _problem(Random(seed))
        began = perf_counter()
        slate = propose(problem)
        times.append(perf_counter() - began)
        feasible += slate.feasible
        binding += sum(each.cost > 0 for each in slate.costs)
    rows = (
        ("problems, of which have a slate", f"{PROBLEMS}, {feasible}"),
        ("constraints that cost something, of 20, mean", f"{binding / max(1, feasible):.1f}"),
        ("a slate with all costs and near misses, or the conflict: median", f"{median(times):.2f} s"),
        ("the slowest", f"{max(times):.2f} s"),
        ("goal", "2 s"),
    )
    note = f"`make bench ARGS=slates`: {CANDIDATES:,} candidates, {SEATS} seats, 20 constraints, on one core"
    return Table(("what", "figure"), rows, note)


def _problem(random: Random) -> Problem:
    candidates = tuple(_candidate(number, random) for number in range(CANDIDATES))
    rules = [
        Rule("at most 2 of each country", Bound.AT_MOST, 2, "country"),
        Rule("at least 10 newcomers", Bound.AT_LEAST, 10, "newcomer", "true"),
        fixed_in("o17"),
        fixed_out("o18"),
    ]
    rules += [Rule(f"at least 8 of region {n}", Bound.AT_LEAST, 8, "region", str(n)) for n in range(REGIONS)]
    rules += [Rule(f"at least 9 on theme {n}", Bound.AT_LEAST, 9, "theme", str(n)) for n in range(THEMES)]
    rules += [Rule(f"at most 15 of network {n}", Bound.AT_MOST, 15, "network", str(n)) for n in range(3)]
    rules.append(Rule("at least 12 of kind 2", Bound.AT_LEAST, 12, "kind", "2"))
    return Problem(candidates, SEATS, tuple(rules))


def _candidate(number: int, random: Random) -> Candidate:
    country = int(COUNTRIES * random.random() ** 2)
    region, kind = country % REGIONS, min(int(KINDS * random.random() ** 2), KINDS - 1)
    themes = random.sample(range(THEMES), random.choice((1, 1, 2, 3)))
    newcomer = random.random() < 0.3
    score = random.random() * (1 - 0.1 * region - 0.1 * kind - 0.2 * newcomer)
    labels = {("country", str(country)), ("region", str(region)), ("kind", str(kind))}
    labels |= {("theme", str(theme)) for theme in themes}
    labels |= {("network", str(random.randrange(NETWORKS))), ("newcomer", str(newcomer).lower())}
    return Candidate(f"o{number}", int(score * 1_000_000), frozenset(labels))
