"""Events, and what a dialogue comes after."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Keeper

DIALOGUE = {"name": "Dialogue on trafficking", "kind": "CONSTRUCTIVE_DIALOGUE", "follows": ["WG-1"]}


async def test_an_event_is_stored_with_all_that_it_belongs_to(keeper: Keeper) -> None:
    given = {
        **DIALOGUE, "start": "2024-06-06", "end": "2024-06-06", "mode": "HYBRID", "city": "Nairobi",
        "country": "KEN", "themes": ["FIREARMS"], "working_groups": ["WG-TIP"], "networks": ["NET-A"],
        "part_of": ["CD-1"], "topics": ["routes"],
    }  # fmt: skip
    await keeper.done("createEvent", given)

    made = "MATCH (e:Event {key: 'CONSTRUCTIVE-DIALOGUE-2024-DIALOGUE-ON-TRAFFICKING'})"
    assert await keeper.read(f"{made} RETURN e.start, e.mode, e.city, e.topics") == [
        ["2024-06-06", "HYBRID", "Nairobi", ["routes"]]
    ]
    assert await keeper.read(f"{made}-[r]->(n) RETURN type(r), n.key ORDER BY type(r)") == [
        ["CONCERNS_GROUP", "WG-TIP"],
        ["CONVENED_BY", "NET-A"],
        ["DEALS_WITH", "FIREARMS"],
        ["FOLLOWS", "WG-1"],
        ["HELD_IN", "KEN"],
        ["PART_OF", "CD-1"],
    ]


@pytest.mark.parametrize("start", ["2024-06-05", "2024-06", "2024", None])
async def test_a_dialogue_may_be_as_early_as_the_session_ends(keeper: Keeper, start: str | None) -> None:
    await keeper.done("createEvent", {**DIALOGUE, "start": start})


@pytest.mark.parametrize("start", ["2024-06-04", "2024-05", "2023"])
async def test_a_dialogue_comes_after_the_session_and_its_report(keeper: Keeper, start: str) -> None:
    assert await keeper.refused("createEvent", {**DIALOGUE, "start": start}) == (
        "NOT_ALLOWED DIALOGUES_FOLLOW_SESSIONS"
    )


async def test_only_dialogues_follow_and_only_sessions_are_followed(keeper: Keeper) -> None:
    rule = "NOT_ALLOWED DIALOGUES_FOLLOW_SESSIONS"

    assert await keeper.refused("createEvent", {**DIALOGUE, "kind": "TRAINING"}) == rule
    assert await keeper.refused("createEvent", {**DIALOGUE, "follows": ["CD-1"]}) == rule
    assert await keeper.refused("createEvent", {**DIALOGUE, "follows": ["NOWHERE"]}) == "NOT_FOUND"
    assert "names no working-group session" in await keeper.notices(
        "createEvent", {**DIALOGUE, "follows": []}
    )


async def test_an_event_does_not_end_before_it_begins(keeper: Keeper) -> None:
    training = {"name": "Training", "kind": "TRAINING", "start": "2024-06-06"}

    assert await keeper.refused("createEvent", {**training, "end": "2024-05"}) == (
        "INVALID_VALUE EVENTS_END_AFTER_THEY_BEGIN"
    )
    await keeper.done("createEvent", {**training, "end": "2024-06"})
