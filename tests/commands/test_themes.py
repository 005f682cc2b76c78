"""What organizations work on, and how well they know it."""

from __future__ import annotations

from tests.commands.conftest import Keeper

WORK = "MATCH ()-[r:WORKS_ON]->(t) RETURN t.key, r.level, r.evidence, r.since, r.until ORDER BY r.key"
FIREARMS = {"organization": "ORG-1", "theme": "FIREARMS"}


async def test_work_begins_is_corrected_ends_and_begins_again(keeper: Keeper) -> None:
    await keeper.done("relateTheme", {**FIREARMS, "level": "ACTIVE", "since": "2020"})
    await keeper.done("relateTheme", {**FIREARMS, "level": "EXPERT", "evidence": "A study"})
    assert (
        await keeper.refused("relateTheme", {**FIREARMS, "since": "2022"})
        == "ALREADY_THERE ONE_SPELL_AT_A_TIME"
    )
    assert await keeper.refused("endTheme", {**FIREARMS, "until": "2019"}) == "INVALID_VALUE"
    await keeper.done("endTheme", {**FIREARMS, "until": "2022"})
    assert await keeper.refused("endTheme", {**FIREARMS, "until": "2022"}) == "NOT_THERE"
    await keeper.done("relateTheme", {**FIREARMS, "since": "2024-01"})

    assert await keeper.read(WORK) == [
        ["FIREARMS", "EXPERT", "A study", "2020", "2022"],
        ["FIREARMS", None, None, "2024-01", None],
    ]
