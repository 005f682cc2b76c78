"""Membership of organizations in networks."""

from __future__ import annotations

from graph_api.cypher.statement import Statement
from tests.commands.conftest import Keeper

SPELLS = (
    "MATCH (:Organization {key: 'ORG-1'})-[r:MEMBER_OF]->(n) RETURN n.key, r.since, r.until ORDER BY r.key"
)
ONE = {"organization": "ORG-1", "network": "NET-A"}


async def test_a_member_joins_leaves_and_joins_again(keeper: Keeper) -> None:
    await keeper.done("admitMember", {**ONE, "since": "2023-06"})
    await keeper.done("endMembership", {**ONE, "until": "2024"})
    await keeper.done("admitMember", {**ONE, "since": "2025-01-15"})

    assert await keeper.read(SPELLS) == [["NET-A", "2023-06", "2024"], ["NET-A", "2025-01-15", None]]


async def test_nobody_is_a_member_twice(keeper: Keeper) -> None:
    await keeper.done("admitMember", {**ONE, "since": "2023"})

    assert await keeper.refused("admitMember", {**ONE, "since": "2024"}) == (
        "ALREADY_THERE ONE_SPELL_AT_A_TIME"
    )


async def test_a_membership_does_not_end_before_it_begins(keeper: Keeper) -> None:
    await keeper.done("admitMember", {**ONE, "since": "2023"})

    assert await keeper.refused("endMembership", {**ONE, "until": "2022-12"}) == "INVALID_VALUE"


async def test_who_is_no_member_cannot_leave(keeper: Keeper) -> None:
    assert await keeper.refused("endMembership", {**ONE, "until": "2024"}) == "NOT_THERE"


async def test_what_does_not_exist_is_named(keeper: Keeper) -> None:
    result = await keeper.send("admitMember", {**ONE, "organization": "ORG-9"})

    assert [(each.code.name, each.field, each.value) for each in result.problems] == [
        ("NOT_FOUND", "organization", "ORG-9")
    ]


async def test_what_is_related_to_something_made_up_is_made_up(keeper: Keeper) -> None:
    made_up = Statement("MATCH (n:Network {key: 'NET-B'}) SET n.synthetic = true RETURN n.key")
    await keeper.store.write([made_up])
    for network in ("NET-A", "NET-B"):
        await keeper.done("admitMember", {**ONE, "network": network})

    assert await keeper.read("MATCH ()-[r:MEMBER_OF]->(n) RETURN n.key, r.synthetic ORDER BY n.key") == [
        ["NET-A", False],
        ["NET-B", True],
    ]
