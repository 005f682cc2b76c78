"""Offices of networks: one coordinator at a time, a member, for a renewable year."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Keeper

OFFICES = (
    "MATCH (n)-[r:HOLDS_OFFICE]->(:Network {key: 'NET-A'}) "
    "RETURN n.key, r.office, r.since, r.until ORDER BY r.since, r.key"
)
NETWORK = {"network": "NET-A", "office": "COORDINATOR"}
ONE = {**NETWORK, "organization": "ORG-1"}
TWO = {**NETWORK, "organization": "ORG-2"}


@pytest.fixture
async def members(keeper: Keeper) -> Keeper:
    """ORG-1 and ORG-2 are members of NET-A since 2020; ORG-3 is none."""
    for key in ("ORG-1", "ORG-2"):
        await keeper.done("admitMember", {"organization": key, "network": "NET-A", "since": "2020"})
    return keeper


@pytest.mark.parametrize(
    ("since", "until"),
    [("2023", "2024"), ("2023-05", "2024-05"), ("2023-05-02", "2024-05-02"), ("2024-02-29", "2025-02-28")],
)
async def test_a_mandate_is_for_one_year_as_precisely_as_it_began(
    members: Keeper, since: str, until: str
) -> None:
    await members.done("appointOffice", {**ONE, "since": since})

    assert await members.read(OFFICES) == [["ORG-1", "COORDINATOR", since, until]]


async def test_there_is_one_coordinator_at_a_time(members: Keeper) -> None:
    await members.done("appointOffice", {**ONE, "since": "2023-05-02"})

    assert await members.refused("appointOffice", {**TWO, "since": "2024-01"}) == (
        "NOT_ALLOWED ONE_COORDINATOR_AT_A_TIME"
    )
    assert await members.refused("appointOffice", {**TWO, "since": "2022-12"}) == (
        "NOT_ALLOWED ONE_COORDINATOR_AT_A_TIME"
    )
    assert await members.refused("appointOffice", {**ONE, "since": "2024-02"}) == "ALREADY_THERE"
    # One hands over to the other on a day, or in a month that both know.
    await members.done("appointOffice", {**TWO, "since": "2024-05-02"})
    assert len(await members.read(OFFICES)) == 2


async def test_a_coordinator_without_an_end_has_to_be_ended_first(members: Keeper) -> None:
    await members.done("appointOffice", {**ONE, "since": "2023-05"})
    await members.done("endOffice", {**ONE, "until": "2023-09"})
    await members.done("appointOffice", {**TWO, "since": "2023-10"})

    assert await members.refused("endOffice", {**TWO, "until": "2025"}) == "NOT_THERE"
    assert await members.refused("endOffice", {**TWO, "until": "2023-01"}) == "INVALID_VALUE"
    assert await members.read(OFFICES) == [
        ["ORG-1", "COORDINATOR", "2023-05", "2023-09"],
        ["ORG-2", "COORDINATOR", "2023-10", "2024-10"],
    ]


async def test_a_coordinator_is_a_member_and_other_officers_are_said_not_to_be(members: Keeper) -> None:
    three = {"organization": "ORG-3", "network": "NET-A", "since": "2023"}

    assert await members.refused("appointOffice", {**three, "office": "COORDINATOR"}) == (
        "NOT_ALLOWED THE_COORDINATOR_IS_A_MEMBER"
    )
    assert await members.refused("appointOffice", {**ONE, "since": "2019"}) == (
        "NOT_ALLOWED THE_COORDINATOR_IS_A_MEMBER"
    )
    assert "ORG-3 is no member" in await members.notices(
        "appointOffice", {**three, "office": "CO_COORDINATOR"}
    )


async def test_other_offices_may_be_held_by_several(members: Keeper) -> None:
    for key in ("ORG-1", "ORG-2"):
        given = {"organization": key, "network": "NET-A", "office": "ADMIN_FOCAL_POINT", "since": "2023"}
        await members.done("appointOffice", given)

    assert len(await members.read(OFFICES)) == 2


async def test_a_long_mandate_is_said_and_never_refused(members: Keeper) -> None:
    await members.done("appointOffice", {**ONE, "since": "2020-05"})
    assert await members.notices("renewOffice", ONE) == ""
    assert "2020-05-01 to 2023-05" in await members.notices("renewOffice", ONE)

    assert await members.read(OFFICES) == [["ORG-1", "COORDINATOR", "2020-05", "2023-05"]]
    # A new spell that follows on the old one goes on with it; after a pause it does not.
    assert "long-running" in await members.notices("appointOffice", {**ONE, "since": "2023-06-01"})
    assert await members.notices("appointOffice", {**ONE, "since": "2026"}) == ""


async def test_a_renewal_meets_no_successor_and_ends_later(members: Keeper) -> None:
    await members.done("appointOffice", {**ONE, "since": "2022-05"})
    await members.done("appointOffice", {**TWO, "since": "2023-06"})

    assert await members.refused("renewOffice", ONE) == "NOT_ALLOWED ONE_COORDINATOR_AT_A_TIME"
    assert await members.refused("renewOffice", {**TWO, "until": "2024-06"}) == "INVALID_VALUE"
    await members.done("renewOffice", {**TWO, "until": "2024-12-31"})
    assert await members.refused("renewOffice", {**TWO, "organization": "ORG-3"}) == "NOT_THERE"


async def test_who_is_no_member_any_more_is_not_renewed(members: Keeper) -> None:
    await members.done("appointOffice", {**ONE, "since": "2022-05"})
    await members.done("endMembership", {"organization": "ORG-1", "network": "NET-A", "until": "2022-12"})

    assert await members.refused("renewOffice", ONE) == "NOT_ALLOWED THE_COORDINATOR_IS_A_MEMBER"


@pytest.mark.parametrize("since", ["9999", "9999-12-31", "2023-13", "soon"])
async def test_a_date_that_leads_nowhere_is_refused(members: Keeper, since: str) -> None:
    assert await members.refused("appointOffice", {**ONE, "since": since}) == "INVALID_VALUE"


async def test_an_office_does_not_end_before_it_begins(members: Keeper) -> None:
    given = {**ONE, "since": "2023-05", "until": "2023-04"}

    assert await members.refused("appointOffice", given) == "INVALID_VALUE"
