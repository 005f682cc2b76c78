"""Taking changes back."""

from __future__ import annotations

from tests.commands.conftest import Keeper


async def test_a_change_is_taken_back_and_again(keeper: Keeper) -> None:
    before = await keeper.facts()
    number = await keeper.done(
        "admitMember", {"organization": "ORG-1", "network": "NET-A", "since": "2023-06"}
    )
    after = await keeper.facts()

    # when it is taken back, then that is
    undone = await keeper.done("undoChange", {"number": number})
    assert await keeper.facts() == before
    assert await keeper.refused("undoChange", {"number": number}) == "NOT_THERE"
    await keeper.done("undoChange", {"number": undone})
    assert await keeper.facts() == after
    assert await keeper.refused("undoChange", {"number": 9999}) == "NOT_FOUND"


async def test_what_others_built_on_is_named(keeper: Keeper) -> None:
    made = await keeper.done(
        "createOrganization", {"key": "ORG-NEW", "name": "New", "kind": "NGO", "country": "KEN"}
    )
    admitted = await keeper.done("admitMember", {"organization": "ORG-NEW", "network": "NET-A"})
    result = await keeper.send("undoChange", {"number": made})

    assert [(each.code.name, each.changes) for each in result.problems] == [("DEPENDED_ON", (admitted,))]
    before = await keeper.facts()
    await keeper.done("undoChange", {"number": admitted})
    await keeper.done("undoChange", {"number": made})
    assert ("Organization", "ORG-NEW") in before[0]
    assert ("Organization", "ORG-NEW") not in (await keeper.facts())[0]


async def test_a_value_that_was_set_again_is_not_taken_back(keeper: Keeper) -> None:
    first = await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})
    website = await keeper.done(
        "correctOrganization", {"organization": "ORG-1", "website": "https://one.example"}
    )
    await keeper.done("undoChange", {"number": first})
    first = await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})
    later = await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "UNO"})

    result = await keeper.send("undoChange", {"number": first})
    assert result.problems[0].changes == (later,)
    await keeper.done("undoChange", {"number": website})
    assert await keeper.read("MATCH (n:Organization {key: 'ORG-1'}) RETURN n.acronym, n.website") == [
        ["UNO", None]
    ]
