"""``networkHealth`` on the seeds: findings with what shows them, read in one statement, as a role sees it."""

from __future__ import annotations

from typing import cast

import pytest

from graph_api.access.keys import today
from graph_api.cypher.statement import Statement
from tests.toy.fixtures import Graph

QUERY = """query ($key: String!, $asOf: Date!, $least: FindingSeverity, $rules: [NetworkHealthRule!]) {
  networkHealth(network: $key, asOf: $asOf) {
    asOf
    network { key }
    findings(least: $least, rules: $rules) {
      rule severity message
      evidence { __typename key }
      sources { key }
    }
  }
}"""
Found = list[dict[str, object]]


async def findings(graph: Graph, key: str, day: str, **more: object) -> Found:
    answer = await graph.data(QUERY, {"key": key, "asOf": day, **more})
    health = cast("dict[str, object]", answer["networkHealth"])
    assert (health["asOf"], health["network"]) == (day, {"key": key})
    return cast(Found, health["findings"])


async def test_findings_have_what_shows_them(seeded_graph: Graph) -> None:
    found = await findings(seeded_graph, "NET4U-AMERICAS", "2024-07-15")

    assert {each["rule"] for each in found} >= {
        "QUARTERLY_MEETINGS", "LONG_MANDATES", "OVERDUE_ITEMS", "COMMITTEE_COMPOSITION",
    }  # fmt: skip
    assert all(each["evidence"] and None not in cast("list[object]", each["evidence"]) for each in found)
    [missed] = [
        each for each in found if str(each["message"]).endswith("quarter 3 of 2023; its plan says CANCELLED.")
    ]
    assert missed["evidence"] == [{"__typename": "Activity", "key": "DEMO-ACTIVITY-AMERICAS-2023-Q3"}]
    assert missed["sources"] == [{"key": "DEMONSTRATION"}]


async def test_findings_are_chosen_by_severity_and_rule(seeded_graph: Graph) -> None:
    key, day = "NET4U-AFRICA", "2024-12-31"
    every = await findings(seeded_graph, key, day)
    some = await findings(seeded_graph, key, day, least="ATTENTION", rules=["OVERDUE_ITEMS"])

    assert some == [each for each in every if each["rule"] == "OVERDUE_ITEMS" and each["severity"] != "NOTE"]
    assert some


async def test_every_network_can_be_looked_at(seeded_graph: Graph) -> None:
    listed = await seeded_graph.data("{ networks(first: 100) { nodes { key } } }")
    for network in cast("dict[str, list[dict[str, str]]]", listed["networks"])["nodes"]:
        await findings(seeded_graph, network["key"], "2025-01-01")


async def test_the_day_is_today_when_none_is_given(seeded_graph: Graph) -> None:
    before = today()
    for argument in ("", ", asOf: null"):
        answer = await seeded_graph.data(f'{{ networkHealth(network: "NET4U-AFRICA"{argument}) {{ asOf }} }}')

        assert before.isoformat() <= cast("dict[str, str]", answer["networkHealth"])["asOf"]
        assert cast("dict[str, str]", answer["networkHealth"])["asOf"] <= today().isoformat()


async def test_facts_are_read_in_one_statement(seeded_graph: Graph, statements: list[Statement]) -> None:
    statements.clear()

    await seeded_graph.data('{ networkHealth(network: "NET4U-AFRICA", asOf: "2024-12-31") { asOf } }')

    assert len([each for each in statements if "MEMBER_OF" in each.text]) == 1


@pytest.mark.parametrize(("key", "code"), [("NOBODY", "UNKNOWN_KEY"), ("", "UNKNOWN_KEY")])
async def test_an_unknown_network_is_an_error(seeded_graph: Graph, key: str, code: str) -> None:
    answer = await seeded_graph.ask(QUERY, {"key": key, "asOf": "2024-01-01"})

    assert answer.errors
    assert (answer.errors[0].extensions or {})["code"] == code
