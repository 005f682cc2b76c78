"""Applications: only legal steps, whoever applies, and the Extended Bureau decides."""

from __future__ import annotations

import random

import pytest

from schema.commands.application_steps import BEGINNINGS, ENDED, STEPS
from schema.vocabulary import ApplicationStatus as Status
from tests.commands.conftest import Keeper

APPLY = {"organization": "ORG-1", "event": "CD-1"}
KEY = "APPLICATION-CD-1-ORG-1"
STORED = "MATCH (a:Application) RETURN a.key, a.status, a.submitted, a.decided ORDER BY a.key"
COMMANDS: dict[str, tuple[Status, dict[str, object]]] = {
    "proposeApplication": (Status.PROPOSED, {}),
    "handToExtendedBureau": (Status.WITH_EXTENDED_BUREAU, {}),
    "recordDecision": (Status.APPROVED, {"decision": "APPROVED", "decided": "2024-05"}),
    "recordDecision/declined": (Status.DECLINED, {"decision": "DECLINED", "decided": "2024-05"}),
    "withdrawApplication": (Status.WITHDRAWN, {}),
}


async def test_an_application_goes_from_draft_to_decision(keeper: Keeper) -> None:
    await keeper.done("submitApplication", {**APPLY, "draft": True, "travel_support": True})
    assert await keeper.read(STORED) == [[KEY, "DRAFT", None, None]]
    await keeper.done("submitApplication", {**APPLY, "submitted": "2024-04-02"})
    await keeper.done("proposeApplication", {"application": KEY})
    await keeper.done("handToExtendedBureau", {"application": KEY})
    decided = {"application": KEY, "decision": "APPROVED", "decided": "2024-05-03"}
    number = await keeper.done("recordDecision", decided)

    assert await keeper.read(STORED) == [[KEY, "APPROVED", "2024-04-02", "2024-05-03"]]
    # The history says whose decision it is, and that it was recorded.
    [[name, sources]] = await keeper.read(f"MATCH (c:Change {{number: {number}}}) RETURN c.name, c.sources")
    assert str(name).startswith("Record a decision of the Extended Bureau on an application: ")
    assert sources == ["SRC"]


async def test_no_decision_without_a_source_a_date_and_the_bureau(keeper: Keeper) -> None:
    await keeper.done("submitApplication", {**APPLY, "submitted": "2024-04-02"})
    decided = {"application": KEY, "decision": "APPROVED", "decided": "2024-05-03"}

    assert await keeper.refused("recordDecision", decided) == "NOT_ALLOWED ONLY_LEGAL_STEPS"
    await keeper.done("proposeApplication", {"application": KEY})
    await keeper.done("handToExtendedBureau", {"application": KEY})
    assert await keeper.refused("recordDecision", decided, sources=()) == "MISSING_SOURCE"
    assert await keeper.refused("recordDecision", {**decided, "decided": None}) == "INVALID_VALUE"
    assert await keeper.refused("recordDecision", {**decided, "decided": "2999"}) == (
        "INVALID_VALUE DONE_WHEN_RECORDED"
    )
    assert await keeper.refused("recordDecision", {**decided, "decided": "2024-03"}) == (
        "INVALID_VALUE DECIDED_AFTER_SUBMITTED"
    )
    assert await keeper.refused("recordDecision", {**decided, "decision": "PROPOSED"}) == "INVALID_VALUE"


async def test_one_application_at_a_time_and_again_after_its_end(keeper: Keeper) -> None:
    await keeper.done("submitApplication", {**APPLY, "submitted": "2024-04-02"})
    assert await keeper.refused("submitApplication", APPLY) == "ALREADY_THERE ONE_APPLICATION_AT_A_TIME"
    await keeper.done("submitApplication", {**APPLY, "organization": "ORG-2"})
    await keeper.done("withdrawApplication", {"application": KEY})
    await keeper.done("submitApplication", {**APPLY, "submitted": "2024-04-09"})

    assert [row[:2] for row in await keeper.read(STORED)] == [
        [KEY, "WITHDRAWN"],
        [f"{KEY}-2", "SUBMITTED"],
        ["APPLICATION-CD-1-ORG-2", "SUBMITTED"],
    ]


async def test_a_session_of_a_working_group_is_closed(keeper: Keeper) -> None:
    assert await keeper.refused("submitApplication", {**APPLY, "event": "WG-1"}) == (
        "NOT_ALLOWED WORKING_GROUPS_ARE_CLOSED"
    )


async def test_an_application_is_handed_in_on_a_day_that_has_come(keeper: Keeper) -> None:
    assert await keeper.refused("submitApplication", {**APPLY, "submitted": "2999"}) == (
        "INVALID_VALUE DONE_WHEN_RECORDED"
    )
    written = {**APPLY, "draft": True, "submitted": "2024"}
    assert await keeper.refused("submitApplication", written) == "INVALID_VALUE"


def test_the_table_of_steps_is_whole() -> None:
    assert set(STEPS) == set(Status)
    assert {to for steps in STEPS.values() for to in steps} | BEGINNINGS == set(Status)
    assert {status for status, after in STEPS.items() if not after} == ENDED
    # Nothing is decided on but by way of the Extended Bureau.
    for decided in (Status.APPROVED, Status.DECLINED):
        assert [at for at, after in STEPS.items() if decided in after] == [Status.WITH_EXTENDED_BUREAU]


@pytest.mark.parametrize("seed", range(6))
async def test_over_random_commands_the_steps_are_those_of_the_table(keeper: Keeper, seed: int) -> None:
    chosen = random.Random(seed)
    draft = chosen.random() < 0.5
    given = {**APPLY, "key": "A", **({"draft": True} if draft else {"submitted": "2024-04-02"})}
    await keeper.done("submitApplication", given)
    at = Status.DRAFT if draft else Status.SUBMITTED
    taken: set[bool] = set()
    for _ in range(14):
        name = chosen.choice([*COMMANDS, "submitApplication"])
        to, extra = COMMANDS.get(name, (Status.SUBMITTED, {}))
        sent = {"application": "A", **extra} if name in COMMANDS else {**APPLY, "submitted": "2024-04-03"}
        if name not in COMMANDS and at in ENDED:
            continue
        result = await keeper.send(name.partition("/")[0], sent)
        legal = to in STEPS[at]
        assert (not result.problems) == legal, (at, name, result.problems)
        at = to if legal else at
        taken.add(legal)
        [[status]] = await keeper.read("MATCH (a:Application {key: 'A'}) RETURN a.status")
        assert status == at.name
    assert False in taken
