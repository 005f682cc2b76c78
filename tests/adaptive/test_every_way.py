"""Whichever way a list takes at run time, its answer is that of the plan without ways.

Each operation is answered by the fixed plan, by the statement as it chooses, and with every way
forced in turn, on both engines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph_api.cypher import adaptive
from graph_api.plan import root
from graph_api.plan.tree import RootPlan
from graph_api.serve.execution.plan_cache import PlanCache
from tests.toy.fixtures import Graph, Json

WAYS = range(-1, 4)
SEED = 20_251_008
OPERATIONS = 25

THEMES = ("FIREARMS", "TIP", "SOM", "EMERGING", "CYBERCRIME")
PLACES = ("AFRICA", "AMERICAS", "KEN", "UN-GRULAC", "NET4U-REGION-AFRICA", "EUROPE", "ATA")
ORDERS = (
    "{ name: ASC }",
    "{ name: DESC }",
    "{ country: { name: ASC } }",
    "{ membershipsCount: DESC }",
    "{ kind: ASC }",
)


def fixed(plan: RootPlan) -> RootPlan:
    return plan


def force(monkeypatch: pytest.MonkeyPatch, way: int) -> None:
    """Take this way, or the list itself where there are fewer ways."""

    def chosen(_cost: str, names: list[str]) -> str:
        return str(way if way < len(names) else -1)

    monkeypatch.setattr(adaptive, "_chosen", chosen)


async def answer(graph: Graph, operation: str) -> Json:
    runtime = replace(graph.runtime, plans=PlanCache())
    return await Graph(runtime).data(operation)


def conditions(rng: random.Random) -> Iterator[str]:
    """Conditions that offer ways, and some that do not."""
    if rng.random() < 0.7:
        yield f'country: {{ within: ["{rng.choice(PLACES)}"] }}'
    if rng.random() < 0.6:
        level = rng.choice(("", " level: { eq: EXPERT }", ' since: { gte: "2022" }'))
        yield f'themes: {{ some: {{ node: {{ within: ["{rng.choice(THEMES)}"] }}{level} }} }}'
    if rng.random() < 0.5:
        condition = rng.choice(
            (
                "kind: { eq: REGIONAL_NETWORK }",
                'key: { in: ["NET4U-AFRICA", "NET4U-AMERICAS"] }',
                'key: { eq: "nothing" }',
                'name: { contains: "network" }',
            )
        )
        yield f"memberships: {{ some: {{ node: {{ {condition} }} }} }}"
    if rng.random() < 0.4:
        yield (
            "participations: { some: { node: { kind: { eq: CONSTRUCTIVE_DIALOGUE }, themes: { some: { node: "
            f'{{ within: ["{rng.choice(THEMES)}"] }} }} }} }} }} }}'
        )
    if rng.random() < 0.3:
        yield "synthetic: { eq: true }"


def operation(rng: random.Random) -> str:
    where = " ".join(conditions(rng))
    order = ", ".join(rng.sample(ORDERS, rng.randint(0, 2)))
    as_of = ', asOf: "2023-11-15"' if rng.random() < 0.4 else ""
    first = rng.choice((0, 1, 3, 20))
    return (
        f"{{ organizations(first: {first}, orderBy: [{order}], where: {{ {where} }}{as_of}) {{ totalCount "
        "edges { cursor node { key name country { key } } } pageInfo { hasNextPage endCursor } } }"
    )


async def test_every_way_gives_the_fixed_plans_answer(
    seeded_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(SEED)
    for _ in range(OPERATIONS):
        asked = operation(rng)
        with monkeypatch.context() as patch:
            patch.setattr(root, "with_drivers", fixed)
            expected = await answer(seeded_graph, asked)
        assert await answer(seeded_graph, asked) == expected, asked
        for way in WAYS:
            with monkeypatch.context() as patch:
                force(patch, way)
                assert await answer(seeded_graph, asked) == expected, (way, asked)


async def test_pages_of_a_list_with_ways_join_to_the_whole(seeded_graph: Graph) -> None:
    asked = (
        "{{ organizations(first: {first}, after: {after}, orderBy: [{{ name: DESC }}], where: "
        '{{ country: {{ within: ["AFRICA"] }}, themes: {{ some: {{ node: {{ within: ["TIP"] }} }} }} }}) '
        "{{ nodes {{ key }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )
    whole = await seeded_graph.data(asked.format(first=1000, after="null"))
    expected = [node["key"] for node in whole["organizations"]["nodes"]]  # type: ignore[index]  # JSON
    found: list[str] = []
    after = "null"
    while True:
        page = (await seeded_graph.data(asked.format(first=2, after=after)))["organizations"]
        found += [node["key"] for node in page["nodes"]]  # type: ignore[index]  # JSON
        if not page["pageInfo"]["hasNextPage"]:  # type: ignore[index]  # JSON
            break
        after = f'"{page["pageInfo"]["endCursor"]}"'  # type: ignore[index]  # JSON
    assert len(expected) > 4
    assert found == expected


async def test_a_set_larger_than_its_cap_is_not_started_from(
    seeded_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a cap below the number of events, so that their set is cut.
    asked = (
        "{ organizations(first: 100, where: { participations: { some: { node: "
        "{ kind: { eq: CONSTRUCTIVE_DIALOGUE } } } } }) { totalCount nodes { key } } }"
    )
    expected = await answer(seeded_graph, asked)
    monkeypatch.setattr("graph_api.cypher.render.SET_CAP", 3)
    # When asked again, then nothing is lost.
    assert await answer(seeded_graph, asked) == expected
