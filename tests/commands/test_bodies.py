"""Seats on the bodies of networks."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Keeper

SEATS = (
    "MATCH (:Organization {key: 'ORG-1'})-[r:SITS_ON]->(n) "
    "RETURN n.key, r.role, r.since, r.until ORDER BY r.key"
)
SEAT = {"organization": "ORG-1", "body": "NET-A-SC"}


@pytest.fixture
async def members(keeper: Keeper) -> Keeper:
    """ORG-1 is a member of NET-A from June 2023."""
    await keeper.done("admitMember", {"organization": "ORG-1", "network": "NET-A", "since": "2023-06"})
    return keeper


async def test_a_member_takes_a_seat_and_leaves_it_for_another(members: Keeper) -> None:
    await members.done("joinBody", {**SEAT, "since": "2023-07"})
    assert await members.refused("joinBody", {**SEAT, "role": "CHAIR"}) == "ALREADY_THERE ONE_SEAT_AT_A_TIME"
    await members.done("leaveBody", {**SEAT, "until": "2024"})
    await members.done("joinBody", {**SEAT, "role": "CHAIR", "since": "2024-02-01"})

    assert await members.read(SEATS) == [
        ["NET-A-SC", "CHAIR", "2024-02-01", None],
        ["NET-A-SC", "MEMBER", "2023-07", "2024"],
    ]


async def test_bodies_are_of_members_at_that_time(members: Keeper) -> None:
    other = {"organization": "ORG-2", "body": "NET-A-SC"}

    assert await members.refused("joinBody", other) == "NOT_ALLOWED BODIES_ARE_OF_MEMBERS"
    assert (
        await members.refused("joinBody", {**SEAT, "since": "2023-05"}) == "NOT_ALLOWED BODIES_ARE_OF_MEMBERS"
    )
    # A year in which the membership began may have been after it did.
    await members.done("joinBody", {**SEAT, "since": "2023"})


async def test_a_member_that_left_takes_no_seat(members: Keeper) -> None:
    await members.done("endMembership", {"organization": "ORG-1", "network": "NET-A", "until": "2024-03"})

    assert (
        await members.refused("joinBody", {**SEAT, "since": "2024-04"}) == "NOT_ALLOWED BODIES_ARE_OF_MEMBERS"
    )
    assert await members.refused("joinBody", SEAT) == "NOT_ALLOWED BODIES_ARE_OF_MEMBERS"


async def test_leaving_needs_a_seat_and_comes_after_its_beginning(members: Keeper) -> None:
    assert await members.refused("leaveBody", {**SEAT, "until": "2024"}) == "NOT_THERE"
    await members.done("joinBody", {**SEAT, "since": "2023-07"})

    assert await members.refused("leaveBody", {**SEAT, "until": "2023-06"}) == "INVALID_VALUE"


async def test_whoever_leaves_a_network_is_told_of_the_seat_that_is_left(members: Keeper) -> None:
    await members.done("joinBody", {**SEAT, "since": "2023-07"})

    ended = {"organization": "ORG-1", "network": "NET-A", "until": "2024-03"}
    assert "NET-A-SC" in await members.notices("endMembership", ended)
