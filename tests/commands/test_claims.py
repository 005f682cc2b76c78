"""Claims about values, and the one that is accepted."""

from __future__ import annotations

import pytest

from graph_api.serve.runtime import runtime_of
from schema import ontology
from tests.commands.conftest import Keeper
from tests.toy.fixtures import Graph

START = {"entity": "Event:CD-1", "property": "start"}
CLAIMS = "MATCH (c:ValueClaim)-[:CLAIMS_VALUE_OF]->() RETURN c.key, c.accepted, c.sources ORDER BY c.key"
EVENT = "MATCH (e:Event {key: 'CD-1'}) RETURN e.start, e.start_first_day, e.sources"


async def test_one_claim_is_accepted_and_the_others_stay(keeper: Keeper) -> None:
    await keeper.done("addClaim", {**START, "value": "2024-06-07", "key": "A"}, sources=("OTHER",))
    await keeper.done("addClaim", {**START, "value": "2024-07", "key": "B", "stated_by": "The page"})
    await keeper.done("addClaim", {**START, "property": "city", "value": "Wien", "key": "C"})
    assert await keeper.read("MATCH (e:Event {key: 'CD-1'}) RETURN e.start") == [["2024-06"]]

    await keeper.done("acceptClaim", {"claim": "C"}, sources=())
    await keeper.done("acceptClaim", {"claim": "B"}, sources=())
    await keeper.done("acceptClaim", {"claim": "A"}, sources=())

    [[start, first, sources]] = await keeper.read(EVENT)
    assert (start, str(first), sources) == ("2024-06-07", "2024-06-07", ["SRC", "OTHER"])
    assert await keeper.read(CLAIMS) == [
        ["A", True, ["OTHER"]], ["B", False, ["SRC"]], ["C", True, ["SRC"]],
    ]  # fmt: skip


async def test_a_wrong_value_is_kept_as_a_claim_and_not_accepted(keeper: Keeper) -> None:
    said = await keeper.notices("addClaim", {**START, "value": "2024-06-31", "key": "WRONG"})
    assert "could not be accepted" in said

    assert await keeper.refused("acceptClaim", {"claim": "WRONG"}) == "INVALID_VALUE"


async def test_an_accepted_value_keeps_the_rules_of_its_kind(keeper: Keeper) -> None:
    await keeper.done("addClaim", {**START, "property": "end", "value": "2024-05", "key": "EARLY"})
    await keeper.done("addClaim", {**START, "property": "kind", "value": "WORKSHOP", "key": "KIND"})

    assert (
        await keeper.refused("acceptClaim", {"claim": "EARLY"}) == "INVALID_VALUE EVENTS_END_AFTER_THEY_BEGIN"
    )
    await keeper.done("acceptClaim", {"claim": "KIND"})
    assert await keeper.read("MATCH (e:Event {key: 'CD-1'}) RETURN e.kind") == [["WORKSHOP"]]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"entity": "CD-1"}, "INVALID_VALUE"),
        ({"entity": "Entity:CD-1"}, "INVALID_VALUE"),
        ({"entity": "Event:NOWHERE"}, "NOT_FOUND"),
        ({"property": "nothing"}, "INVALID_VALUE"),
        ({"property": "key"}, "INVALID_VALUE"),
        ({"property": "sources"}, "INVALID_VALUE"),
        (
            {"entity": "Organization:ORG-1", "property": "contactEmail"},
            "NOT_ALLOWED ONLY_OPEN_FACTS_ARE_CLAIMED",
        ),
        ({"entity": "Change:CHANGE-1", "property": "actor"}, "NOT_ALLOWED ONLY_OPEN_FACTS_ARE_CLAIMED"),
        ({"value": ""}, "INVALID_VALUE"),
    ],
)
async def test_what_no_claim_can_be_about(keeper: Keeper, given: dict[str, str], refused: str) -> None:
    assert await keeper.refused("addClaim", {**START, "value": "2024", **given}) == refused


async def test_an_acceptance_is_taken_back(keeper: Keeper) -> None:
    await keeper.done("addClaim", {**START, "value": "2024-06-07", "key": "A"})
    before = await keeper.facts()
    number = await keeper.done("acceptClaim", {"claim": "A"})
    await keeper.done("undoChange", {"number": number})

    assert await keeper.facts() == before


async def test_claims_are_read_from_both_ends(keeper: Keeper) -> None:
    await keeper.done("addClaim", {**START, "value": "2024-06-07", "key": "A"})
    graph = Graph(runtime_of(ontology, keeper.store))

    assert await graph.data(
        """{
          valueClaims { nodes { property value accepted entity { __typename key } } }
          event(key: "CD-1") { valueClaims { nodes { key } } }
        }"""
    ) == {
        "valueClaims": {
            "nodes": [
                {
                    "property": "start",
                    "value": "2024-06-07",
                    "accepted": False,
                    "entity": {"__typename": "Event", "key": "CD-1"},
                }
            ]
        },
        "event": {"valueClaims": {"nodes": [{"key": "A"}]}},
    }


async def test_a_correction_overrules_the_accepted_claim(keeper: Keeper) -> None:
    claim = {"entity": "Organization:ORG-1", "property": "acronym", "value": "ONE", "key": "CLAIM-1"}
    await keeper.done("addClaim", claim)
    await keeper.done("acceptClaim", {"claim": "CLAIM-1"})
    await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "UNO"})

    assert await keeper.read("MATCH (c:ValueClaim) RETURN c.value, c.accepted") == [["ONE", False]]
