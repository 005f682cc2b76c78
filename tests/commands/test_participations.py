"""Registered, approved and attended are three facts."""

from __future__ import annotations

from tests.commands.conftest import Keeper

FACTS = (
    "MATCH ()-[r:PARTICIPATED_IN]->() RETURN r.role, r.status, r.mode, r.sources ORDER BY r.status, r.role"
)
PART = {"organization": "ORG-1", "event": "CD-1"}


async def test_one_organization_has_all_three(keeper: Keeper) -> None:
    await keeper.done("recordParticipation", {**PART, "status": "REGISTERED"})
    await keeper.done("recordParticipation", {**PART, "status": "ATTENDED", "mode": "ONLINE"})
    await keeper.done("recordParticipation", {**PART, "status": "APPROVED"})
    await keeper.done("recordParticipation", {**PART, "status": "ATTENDED", "role": "SPEAKER"})

    assert await keeper.read(FACTS) == [
        ["PARTICIPANT", "APPROVED", None, ["SRC"]],
        ["PARTICIPANT", "ATTENDED", "ONLINE", ["SRC"]],
        ["SPEAKER", "ATTENDED", None, ["SRC"]],
        ["PARTICIPANT", "REGISTERED", None, ["SRC"]],
    ]


async def test_another_source_of_the_same_fact_is_added(keeper: Keeper) -> None:
    await keeper.done("recordParticipation", {**PART, "status": "ATTENDED", "mode": "ONLINE"})
    await keeper.done("recordParticipation", {**PART, "status": "ATTENDED"}, sources=("OTHER",))

    assert await keeper.read(FACTS) == [["PARTICIPANT", "ATTENDED", "ONLINE", ["SRC", "OTHER"]]]


async def test_nobody_attended_what_is_to_come(keeper: Keeper) -> None:
    await keeper.done(
        "createEvent", {"key": "LATER", "name": "Later", "kind": "TRAINING", "start": "2999-01"}
    )
    later = {"organization": "ORG-1", "event": "LATER"}

    assert await keeper.refused("recordParticipation", {**later, "status": "ATTENDED"}) == (
        "NOT_ALLOWED NOBODY_ATTENDS_WHAT_IS_TO_COME"
    )
    await keeper.done("recordParticipation", {**later, "status": "REGISTERED"})


async def test_attending_a_working_group_is_recorded_and_said(keeper: Keeper) -> None:
    given = {"organization": "ORG-1", "event": "WG-1", "status": "ATTENDED"}

    assert "may not attend a working group" in await keeper.notices("recordParticipation", given)
