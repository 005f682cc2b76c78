"""The root fields on the seeds: rankings and slates with their organizations, for different viewers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import pytest

from graph_api.cypher.statement import Statement
from graph_api.errors import GraphError
from graph_api.matching.scores import Score
from graph_api.serve.runtime import api_schema
from schema.matching.facts import OrganizationFacts, Wanted
from schema.matching.score import NOTICE, scores
from schema.vocabulary import Role
from tests.toy.fixtures import Graph, Json
from tests.toy.ontology import TOY

MATCH = """query ($event: String, $criteria: MatchCriteria, $where: OrganizationWhere, $first: Int = 5,
  $after: String, $asOf: Date) {
  matchOrganizations(
    event: $event, criteria: $criteria, where: $where, first: $first, after: $after, asOf: $asOf
  ) {
    totalCount notice
    weights { criterion weight }
    pageInfo { hasNextPage endCursor }
    edges {
      cursor score ecosocStatus
      node { key synthetic country { key } }
      reasons { criterion weight value contribution explanation sources { key } }
      gaps { criterion contribution explanation }
    }
  }
}"""
SLATE = """query ($event: String, $network: String, $size: Int!, $constraints: [SlateConstraint!]) {
  proposeSlate(event: $event, network: $network, size: $size, constraints: $constraints) {
    feasible total notice unknown conflict
    seats { score organization { key country { key } } reasons { contribution } }
    rules { text cost explanation }
    nearly { score loss explanation organization { key } }
  }
}"""
EVENT = "CD-2024-FIREARMS"


async def matched(graph: Graph, **variables: object) -> Json:
    return cast(Json, (await graph.data(MATCH, variables))["matchOrganizations"])


async def proposed(graph: Graph, **variables: object) -> Json:
    return cast(Json, (await graph.data(SLATE, variables))["proposeSlate"])


def rows(found: Mapping[str, object], name: str = "edges") -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", found[name])


def keys(found: Mapping[str, object]) -> list[str]:
    return [cast("dict[str, str]", edge["node"])["key"] for edge in rows(found)]


async def test_a_dialogue_ranks_organizations_with_reasons_that_add_up(seeded_graph: Graph) -> None:
    found = await matched(seeded_graph, event=EVENT)

    assert found["notice"] == NOTICE
    assert cast(int, found["totalCount"]) > len(rows(found)) == 5
    assert sum(cast(float, each["weight"]) for each in rows(found, "weights")) == pytest.approx(1)
    scores = [cast(float, edge["score"]) for edge in rows(found)]
    assert scores == sorted(scores, reverse=True)
    for edge in rows(found):
        reasons = rows(edge, "reasons")
        assert sum(round(cast(float, each["contribution"]) * 1_000_000) for each in reasons) == round(
            cast(float, edge["score"]) * 1_000_000
        )
        assert next(each for each in reasons if each["criterion"] == "EXPERTISE")["sources"]


async def test_what_happened_at_the_dialogue_or_later_does_not_count(seeded_graph: Graph) -> None:
    found = await matched(seeded_graph, event=EVENT, first=50)

    texts = [str(each["explanation"]) for edge in rows(found) for each in rows(edge, "reasons")]
    assert any("CD-2022-FIREARMS" in text for text in texts)
    assert not any("CD-2024-FIREARMS" in text or "2025-" in text for text in texts)


async def test_pages_follow_one_another_and_filters_hold(seeded_graph: Graph) -> None:
    where = {"country": {"within": ["AFRICA"]}}
    whole = await matched(seeded_graph, event=EVENT, where=where, first=100)
    seen: list[str] = []
    after, more = None, True
    while more:
        page = await matched(seeded_graph, event=EVENT, where=where, first=7, after=after)
        seen += keys(page)
        info = cast("dict[str, object]", page["pageInfo"])
        after, more = info["endCursor"], cast(bool, info["hasNextPage"])

    assert seen == keys(whole)
    everybody = cast(int, (await matched(seeded_graph, event=EVENT))["totalCount"])
    assert 0 < len(seen) == whole["totalCount"]
    assert len(seen) < everybody


async def test_a_filter_can_be_written_with_variables_inside(seeded_graph: Graph) -> None:
    found = await seeded_graph.data(
        """query ($most: [String!]!) {
          matchOrganizations(event: "CD-2024-FIREARMS", where: { country: { within: $most } }) { totalCount }
        }""",
        {"most": ["AFRICA"]},
    )
    other = await matched(seeded_graph, event=EVENT, where={"country": {"within": ["AFRICA"]}})

    assert cast("dict[str, int]", found["matchOrganizations"])["totalCount"] == other["totalCount"]


async def test_a_schema_made_later_in_the_process_does_not_disturb_filters(seeded_graph: Graph) -> None:
    # given another schema, of an ontology without organizations
    assert "OrganizationWhere" not in api_schema(TOY).sdl()

    found = await matched(seeded_graph, event=EVENT, where={"country": {"within": ["AFRICA"]}})

    assert cast(int, found["totalCount"]) > 0


async def test_weights_are_those_given_and_balance_is_on_when_asked_for(seeded_graph: Graph) -> None:
    weights = [{"criterion": "REGION", "weight": 0.75}, {"criterion": "EXPERTISE", "weight": 0.25}]

    found = await matched(seeded_graph, event=EVENT, criteria={"regions": ["AFRICA"], "weights": weights})

    assert {each["criterion"]: each["weight"] for each in rows(found, "weights")} == {
        "REGION": 0.75,
        "EXPERTISE": 0.25,
    }
    assert all(cast(float, edge["score"]) >= 0.75 for edge in rows(found))


async def test_consultative_status_is_shown_to_those_who_see_judgements(seeded_graph: Graph) -> None:
    public = await matched(seeded_graph, event=EVENT, first=200)
    researcher = await matched(replace(seeded_graph, role=Role.RESEARCHER.name), event=EVENT, first=200)

    assert not any(edge["ecosocStatus"] for edge in rows(public))
    assert any(edge["ecosocStatus"] for edge in rows(researcher))
    assert keys(public) == keys(researcher)


async def test_facts_are_read_once_for_a_version(seeded_graph: Graph, statements: list[Statement]) -> None:
    await matched(seeded_graph, event=EVENT)
    statements.clear()

    await matched(seeded_graph, event=EVENT, first=3)

    assert len(statements) <= 4


async def test_a_ranking_is_shared_by_its_pages_and_by_nobody_else(
    seeded_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked: list[Wanted] = []

    def counted(
        found: Iterable[OrganizationFacts], wanted: Wanted, weights: Mapping[str, int]
    ) -> Sequence[Score]:
        ranked.append(wanted)
        return scores(found, wanted, weights)

    monkeypatch.setattr("schema.matching.asking.scores", counted)
    day = "2019-05-04"

    first = await matched(seeded_graph, event=EVENT, asOf=day)
    again = await matched(seeded_graph, event=EVENT, asOf=day, first=3)
    assert (len(ranked), keys(again)) == (1, keys(first)[:3])
    await matched(replace(seeded_graph, role=Role.CSU.name), event=EVENT, asOf=day)
    await matched(seeded_graph, event=EVENT, asOf=day, criteria={"newcomers": True})
    assert len(ranked) == 3


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({}, "INVALID_ARGUMENT"),
        ({"criteria": {}}, "INVALID_ARGUMENT"),
        ({"event": ""}, "UNKNOWN_KEY"),
        ({"event": "CD-1999"}, "UNKNOWN_KEY"),
        ({"criteria": {"themes": ["NOTHING"]}}, "UNKNOWN_KEY"),
        ({"event": EVENT, "criteria": {"regions": ["ATLANTIS"]}}, "UNKNOWN_KEY"),
        (
            {"event": EVENT, "criteria": {"weights": [{"criterion": "DIALOGUES", "weight": 0.4}]}},
            "INVALID_ARGUMENT",
        ),
        ({"event": EVENT, "first": -1}, "INVALID_PAGE"),
        ({"event": EVENT, "first": 100_000}, "INVALID_PAGE"),
        ({"event": EVENT, "after": "x"}, "INVALID_CURSOR"),
        ({"event": EVENT, "where": {"country": {"within": ["ATLANTIS"]}}}, "UNKNOWN_KEY"),
        ({"event": EVENT, "where": {"contactEmail": {"eq": "a"}}}, "FORBIDDEN"),
    ],
)
async def test_wrong_questions_are_typed_errors(
    seeded_graph: Graph, variables: dict[str, object], code: str
) -> None:
    assert await code_of(seeded_graph, MATCH, variables) == code


async def code_of(graph: Graph, query: str, variables: Mapping[str, object]) -> str:
    (error,) = (await graph.ask(query, variables)).errors or []
    assert isinstance(error.original_error, GraphError), error
    return str(error.original_error.code)


async def test_a_slate_keeps_its_constraints_and_says_what_they_cost(seeded_graph: Graph) -> None:
    constraints = [
        {"bound": "AT_MOST", "number": 1, "scheme": "COUNTRY"},
        {"bound": "AT_LEAST", "number": 3, "scheme": "REGION", "value": "AFRICA"},
    ]

    free = await proposed(seeded_graph, event=EVENT, size=8)
    found = await proposed(seeded_graph, event=EVENT, size=8, constraints=constraints)

    countries = [
        cast("dict[str, dict[str, str] | None]", seat["organization"])["country"]
        for seat in rows(found, "seats")
    ]
    known = [country["key"] for country in countries if country]
    assert len(rows(found, "seats")) == 8
    assert len(set(known)) == len(known)
    assert cast(float, free["total"]) >= cast(float, found["total"])
    assert [each["text"] for each in rows(found, "rules")] == [
        "at most 1 of each COUNTRY",
        "at least 3 of REGION AFRICA",
    ]
    assert all(each["explanation"] for each in [*rows(found, "rules"), *rows(found, "nearly")])
    assert sum(cast(float, seat["score"]) for seat in rows(found, "seats")) == pytest.approx(found["total"])


async def test_a_steering_committee_is_made_of_members(seeded_graph: Graph) -> None:
    found = await proposed(seeded_graph, network="NET4U-AFRICA", size=7)

    assert found["feasible"] is True
    assert [each["text"] for each in rows(found, "rules")] == ["at most 1 of each COUNTRY"]
    assert "Gender balance: not known" in str(cast("list[str]", found["unknown"])[0])
    assert "decide" in str(found["notice"])


async def test_constraints_in_conflict_are_named(seeded_graph: Graph) -> None:
    constraints = [
        {"bound": "AT_MOST", "number": 3, "scheme": "KIND", "value": "ACADEMIA"},
        {"bound": "AT_LEAST", "number": 3, "scheme": "REGION", "value": "AFRICA"},
        {"bound": "AT_MOST", "number": 2, "scheme": "REGION", "value": "AFRICA"},
    ]

    found = await proposed(seeded_graph, event=EVENT, size=5, constraints=constraints)

    assert found["feasible"] is False
    assert found["seats"] == []
    assert found["conflict"] == ["at least 3 of REGION AFRICA", "at most 2 of REGION AFRICA"]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"size": 3}, "INVALID_ARGUMENT"),
        ({"size": 3, "event": EVENT, "network": "NET4U-AFRICA"}, "INVALID_ARGUMENT"),
        ({"size": 0, "event": EVENT}, "INVALID_ARGUMENT"),
        ({"size": 400, "event": EVENT}, "INVALID_ARGUMENT"),
        ({"size": 1000, "event": EVENT}, "LIMIT_EXCEEDED"),
        ({"size": 3, "network": "NOBODY"}, "UNKNOWN_KEY"),
        (
            {
                "size": 3,
                "event": EVENT,
                "constraints": [{"bound": "AT_MOST", "number": 1, "scheme": "REGION"}],
            },
            "INVALID_ARGUMENT",
        ),
    ],
)
async def test_wrong_slates_are_typed_errors(
    seeded_graph: Graph, variables: dict[str, object], code: str
) -> None:
    assert await code_of(seeded_graph, SLATE, variables) == code
