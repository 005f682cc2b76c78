"""Metrics are those of networkx; estimates are as near as they say; communities are what was planted."""

from __future__ import annotations

from random import Random

import networkx
import pytest
from hypothesis import given, settings, strategies

from graph_api.metrics.communities import adjusted_rand
from graph_api.metrics.compute import computed
from graph_api.metrics.names import Metric, Part
from graph_api.metrics.problem import Found, Problem, decoded
from tests.metrics.referee import agreement, expected, simple

EXACT = 10**9


def silent(_text: str) -> None:
    """Nobody listens."""


def problem_of(
    nodes: int, links: list[tuple[int, int]], groups: dict[int, list[int]] | None = None, **effort: int
) -> Problem:
    kept = [(a, b) for a, b in links if a != b]
    chosen = {"exact_work": EXACT, "samples": 10, "runs": 3} | effort
    return Problem(nodes, kept, groups or {}, **chosen)


@strategies.composite
def problems(draw: strategies.DrawFn) -> Problem:
    nodes = draw(strategies.integers(1, 14))
    node = strategies.integers(0, nodes - 1)
    links = draw(strategies.lists(strategies.tuples(node, node), max_size=30))
    group = strategies.lists(strategies.integers(0, 3), min_size=1, max_size=3, unique=True)
    groups = draw(strategies.dictionaries(node, group))
    return problem_of(nodes, links, groups)


@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_metrics_are_those_of_networkx(problem: Problem) -> None:
    values = {
        metric: found
        for part in (Part.LOCAL, Part.DISTANCES)
        for metric, found in computed(problem, part, silent).values.items()
    }

    for metric, wanted in expected(problem).items():
        assert list(values[metric]) == pytest.approx(wanted, abs=1e-7), metric


def planted(random: Random, cliques: int, size: int) -> Problem:
    """Cliques in a ring, each joined with the next by one link."""
    links = [
        (clique * size + a, clique * size + b)
        for clique in range(cliques)
        for a in range(size)
        for b in range(a)
    ]
    links += [(clique * size, ((clique + 1) % cliques) * size + 1) for clique in range(cliques)]
    random.shuffle(links)
    return problem_of(cliques * size + 1, links)


def test_communities_are_found_and_measured() -> None:
    problem = planted(Random(1), 6, 5)
    said: list[str] = []
    found = computed(problem, Part.COMMUNITIES, said.append)
    labels = found.values[Metric.COMMUNITY]

    members = [{node for node, label in enumerate(labels) if label == number} for number in range(1, 8)]
    assert members == [*({*range(c * 5, c * 5 + 5)} for c in range(6)), {30}]
    modularity = networkx.community.modularity(simple(problem), members)
    assert found.figures == pytest.approx({"communities": 7, "modularity": modularity, "stability": 1.0})
    assert said == [f"communities: run {number} of 3" for number in (1, 2, 3)]


def test_chance_is_no_stability() -> None:
    random = Random(5)
    links = [(random.randrange(200), random.randrange(200)) for _ in range(1000)]
    found = computed(problem_of(200, links), Part.COMMUNITIES, silent)

    assert 0 <= found.figures["stability"] < 0.6


@given(pairs=strategies.lists(strategies.tuples(*[strategies.integers(0, 3)] * 2), min_size=2, max_size=20))
def test_agreement_is_the_adjusted_rand_index(pairs: list[tuple[int, int]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]

    assert adjusted_rand(left, right) == pytest.approx(agreement(left, right))


@pytest.mark.parametrize("seed", range(3))
def test_estimates_are_as_near_as_they_say(seed: int) -> None:
    random = Random(seed)
    hubs = [(node, random.randrange(node) // 3) for node in range(1, 400)]
    links = hubs + [(random.randrange(400), random.randrange(400)) for _ in range(400)]
    # Two more components: they are small, and computed exactly.
    problem = problem_of(404, [*links, (400, 401), (402, 403)], exact_work=1000, samples=100)
    found = computed(problem, Part.DISTANCES, silent)
    wanted = expected(problem)

    assert found.figures["samples"] == 100
    for metric, name in ((Metric.BETWEENNESS, "betweennessError"), (Metric.CLOSENESS, "closenessError")):
        pairs = list(zip(found.values[metric], wanted[metric], strict=True))
        near = [abs(float(a or 0) - float(b or 0)) <= found.figures[name] for a, b in pairs]
        assert sum(near) >= 0.95 * len(near)
        assert found.values[metric][400:] == pytest.approx(wanted[metric][400:])
        assert 0 < found.figures[name] < 0.2
    assert computed(problem, Part.DISTANCES, silent) == found


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_networks_of_next_to_nothing(part: Part, nodes: int) -> None:
    found = computed(problem_of(nodes, []), part, silent)

    assert {len(values) for values in found.values.values()} == {nodes}
    assert not {"modularity", "stability", "samples"} & found.figures.keys()


def test_problems_and_answers_survive_the_way_between_processes() -> None:
    problem = problem_of(3, [(0, 1), (1, 2)], {2: [0, 1]})
    found = computed(problem, Part.LOCAL, silent)
    part, again = decoded(problem.encoded(Part.LOCAL))

    assert part is Part.LOCAL
    assert computed(again, part, silent) == found
    sent = Found.of(found.encoded())
    assert {metric: list(values) for metric, values in sent.values.items()} == {
        metric: list(values) for metric, values in found.values.items()
    }
