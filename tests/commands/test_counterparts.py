"""Government counterparts, whose contacts only officers see."""

from __future__ import annotations

from tests.commands.conftest import Keeper

FOCAL = {"party": "KEN", "kind": "REVIEW_FOCAL_POINT", "office": "Office of the Prosecutor"}
STORED = (
    "MATCH (g:GovernmentCounterpart)-[:COUNTERPART_OF]->(p) "
    "RETURN g.key, g.name, g.office, g.contact_email, p.key"
)
KEY = "OFFICE-KEN-OFFICE-OF-THE-PROSECUTOR"


async def test_an_office_is_recorded_and_corrected(keeper: Keeper) -> None:
    await keeper.done("recordCounterpart", FOCAL)
    corrected = {**FOCAL, "key": KEY, "contact_email": "focal@example.org"}
    number = await keeper.done("recordCounterpart", corrected)

    name = "Office of the Prosecutor, KEN"
    assert await keeper.read(STORED) == [[KEY, name, FOCAL["office"], "focal@example.org", "KEN"]]
    # The sentence of the history holds no personal data, and only officers see the change.
    [[text]] = await keeper.read(f"MATCH (c:Change {{number: {number}}}) RETURN c.name")
    assert KEY in str(text)
    assert "example.org" not in str(text)


async def test_an_office_stays_with_its_party(keeper: Keeper) -> None:
    await keeper.done("recordCounterpart", FOCAL)

    assert await keeper.refused("recordCounterpart", {**FOCAL, "key": KEY, "party": "GHA"}) == (
        "NOT_ALLOWED OFFICES_STAY_WITH_THEIR_PARTY"
    )
    assert await keeper.refused("recordCounterpart", {**FOCAL, "party": "ATLANTIS"}) == "NOT_FOUND"
    assert await keeper.refused("recordCounterpart", {**FOCAL, "contact_email": "nobody"}) == "INVALID_VALUE"
