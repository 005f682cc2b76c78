"""What every command keeps: sources, roles, idempotency, expected versions, dry runs."""

from __future__ import annotations

import asyncio

from graph_api.access.viewer import Viewer
from tests.commands.conftest import OFFICER, Keeper

ADMIT = {"organization": "ORG-1", "network": "NET-A", "since": "2023"}


async def test_a_fact_needs_a_source_or_own_knowledge(keeper: Keeper) -> None:
    assert await keeper.refused("admitMember", ADMIT, sources=()) == "MISSING_SOURCE"
    assert await keeper.refused("admitMember", ADMIT, sources=("NOWHERE",)) == "NOT_FOUND"
    await keeper.done("admitMember", ADMIT, sources=(), own_knowledge=True)

    assert await keeper.read("MATCH ()-[r:MEMBER_OF]->() RETURN r.sources") == [[["OWN-KNOWLEDGE-CSU"]]]
    assert await keeper.read("MATCH (s:Source {key: 'OWN-KNOWLEDGE-CSU'}) RETURN s.kind") == [
        ["OWN_KNOWLEDGE"]
    ]


async def test_only_roles_that_write_are_heard(keeper: Keeper) -> None:
    reader = Viewer("RESEARCHER", "reader", authenticated=True)

    assert await keeper.refused("admitMember", ADMIT, reader) == "FORBIDDEN"


async def test_a_repeated_command_changes_nothing(keeper: Keeper) -> None:
    first = await keeper.send("admitMember", ADMIT, idempotency_key="a")
    facts = await keeper.facts()
    again = await keeper.send("admitMember", ADMIT, idempotency_key="a")

    assert (again.number, again.repeated, first.repeated) == (first.number, True, False)
    assert await keeper.facts() == facts
    assert await keeper.refused("admitMember", {**ADMIT, "network": "NET-B"}, idempotency_key="a") == (
        "KEY_REUSED"
    )
    other = Viewer("CSU", "other", writes=True, authenticated=True)
    await keeper.done("admitMember", {**ADMIT, "network": "NET-B"}, other, idempotency_key="a")


async def test_the_same_command_sent_twice_at_once_is_done_once(keeper: Keeper) -> None:
    sent = [keeper.send("admitMember", ADMIT, idempotency_key="b") for _ in range(4)]
    results = await asyncio.gather(*sent)

    assert len({result.number for result in results}) == 1
    assert sorted(result.repeated for result in results) == [False, True, True, True]


async def test_an_expected_version_keeps_editors_apart(keeper: Keeper) -> None:
    seen = await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})
    await keeper.done(
        "correctOrganization", {"organization": "ORG-1", "acronym": "UNO"}, expected_version=seen
    )

    stale = {"organization": "ORG-1", "acronym": "EIN"}
    assert await keeper.refused("correctOrganization", stale, expected_version=seen) == "STALE"
    await keeper.done(
        "correctOrganization", {"organization": "ORG-2", "acronym": "TWO"}, expected_version=seen
    )


async def test_a_dry_run_is_judged_and_leaves_nothing(keeper: Keeper) -> None:
    before = await keeper.facts()
    result = await keeper.send("admitMember", ADMIT, dry_run=True)

    assert (result.number, result.items, result.problems) == (None, 1, ())
    assert await keeper.facts() == before


async def test_the_history_says_who_what_and_why(keeper: Keeper) -> None:
    number = await keeper.done(
        "correctOrganization", {"organization": "ORG-1", "acronym": "ONE"}, reason="As asked."
    )

    assert await keeper.read(
        f"MATCH (c:Change {{number: {number}}})-[r:CHANGED]->(n) "
        "RETURN c.command, c.actor, c.role, c.reason, c.sources, n.key, r.before, r.after"
    ) == [
        ["correctOrganization", OFFICER.name, "CSU", "As asked.", ["SRC"], "ORG-1",
         '{"acronym":null}', '{"acronym":"ONE"}']
    ]  # fmt: skip


async def test_nothing_differs_without_a_change(keeper: Keeper) -> None:
    await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})
    result = await keeper.send("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})

    assert (result.number, result.items, result.problems) == (None, 0, ())
