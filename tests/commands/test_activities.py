"""What networks plan and complete."""

from __future__ import annotations

from tests.commands.conftest import Keeper

PLANS = (
    "MATCH (a:Activity)-[:ITEM_OF]->(p:ActivityPlan)-[:PLANNED_BY]->(n) "
    "RETURN a.key, a.status, a.due, p.key, p.year, n.key ORDER BY a.key"
)
MEETING = {"network": "NET-A", "name": "Quarterly meeting", "kind": "ORDINARY_MEETING", "due": "2024-03"}


async def test_the_plan_of_a_year_is_made_once(keeper: Keeper) -> None:
    await keeper.done("planActivity", {**MEETING, "body": "NET-A-SC"})
    await keeper.done("planActivity", {**MEETING, "due": "2024-06"})

    assert await keeper.read(PLANS) == [
        ["ACTIVITY-NET-A-2024-QUARTERLY-MEETING", "PLANNED", "2024-03", "PLAN-NET-A-2024", 2024, "NET-A"],
        ["ACTIVITY-NET-A-2024-QUARTERLY-MEETING-2", "PLANNED", "2024-06", "PLAN-NET-A-2024", 2024, "NET-A"],
    ]


async def test_a_plan_is_of_one_year_and_its_bodies_of_its_network(keeper: Keeper) -> None:
    assert await keeper.refused("planActivity", {**MEETING, "year": 2025}) == "INVALID_VALUE PLANS_ARE_YEARLY"
    assert await keeper.refused("planActivity", {**MEETING, "due": None}) == "INVALID_VALUE"
    assert await keeper.refused("planActivity", {**MEETING, "due": None, "year": 5}) == "INVALID_VALUE"
    foreign = {**MEETING, "network": "NET-B", "body": "NET-A-SC"}
    assert await keeper.refused("planActivity", foreign) == "NOT_ALLOWED BODIES_WORK_FOR_THEIR_NETWORK"


async def test_an_activity_is_completed_once_as_an_event(keeper: Keeper) -> None:
    await keeper.done("planActivity", {**MEETING, "key": "MEETING"})
    done = {"activity": "MEETING", "completed": "2024-03-14", "event": "CD-1"}
    assert await keeper.refused("completeActivity", {**done, "completed": "2999"}) == (
        "INVALID_VALUE DONE_WHEN_RECORDED"
    )
    await keeper.done("completeActivity", done)

    assert await keeper.read("MATCH (a:Activity)-[:HELD_AS]->(e) RETURN a.status, a.completed, e.key") == [
        ["COMPLETED", "2024-03-14", "CD-1"]
    ]
    assert await keeper.refused("completeActivity", done) == "ALREADY_THERE"
    assert await keeper.refused("planActivity", {**MEETING, "key": "MEETING"}) == "ALREADY_THERE"
