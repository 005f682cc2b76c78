"""Claims about numbers stand side by side."""

from __future__ import annotations

from tests.commands.conftest import Keeper

SAID = {
    "event": "CD-1", "metric": "participants", "value": 144, "unit": "persons", "basis": "registered",
    "stated_by": "GI-TOC",
}  # fmt: skip
COUNT = {"network": "NET-A", "value": 26, "as_of": "2023-11", "stated_by": "Concept Note"}


async def test_claims_may_contradict_each_other(keeper: Keeper) -> None:
    await keeper.done("addAttendanceClaim", SAID)
    await keeper.done(
        "addAttendanceClaim", {**SAID, "value": 130, "qualifier": "MORE_THAN", "basis": "attended"}
    )
    await keeper.done("addAttendanceClaim", SAID, sources=("OTHER",))

    assert await keeper.read(
        "MATCH (c:AttendanceClaim)-[:CLAIMS_ATTENDANCE_OF]->(e) "
        "RETURN c.name, c.qualifier, c.sources, e.key ORDER BY c.value, c.sources[0]"
    ) == [
        ["CD-1: more than 130 participants", "MORE_THAN", ["SRC"], "CD-1"],
        ["CD-1: 144 participants", "EXACT", ["OTHER"], "CD-1"],
        ["CD-1: 144 participants", "EXACT", ["SRC"], "CD-1"],
    ]


async def test_the_same_claim_is_one(keeper: Keeper) -> None:
    await keeper.done("addAttendanceClaim", SAID)
    await keeper.done("addMemberCountClaim", COUNT)

    assert await keeper.refused("addAttendanceClaim", SAID) == "ALREADY_THERE"
    assert await keeper.refused("addMemberCountClaim", COUNT) == "ALREADY_THERE"


async def test_every_count_of_members_has_a_date_and_none_is_below_zero(keeper: Keeper) -> None:
    assert await keeper.refused("addMemberCountClaim", {**COUNT, "as_of": None}) == "INVALID_VALUE"
    assert await keeper.refused("addMemberCountClaim", {**COUNT, "value": -1}) == "INVALID_VALUE"
    assert await keeper.refused("addAttendanceClaim", {**SAID, "value": "many"}) == "INVALID_VALUE"
