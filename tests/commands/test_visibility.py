"""Restricting entities."""

from __future__ import annotations

from graph_api.access.viewer import Viewer
from graph_api.changes.version import read_version, version_of
from tests.commands.conftest import Keeper

ADMIN = Viewer("ADMIN", "chief", administers=True, writes=True, authenticated=True)
LEVELS = (
    "MATCH (n) WHERE n.restricted_level > 0 RETURN head(labels(n)), n.key, n.restricted_level ORDER BY n.key"
)


async def restricted(keeper: Keeper) -> tuple[str, ...]:
    version = version_of(await keeper.store.read(read_version()))
    assert version is not None
    return version.restricted


async def test_an_entity_and_its_history_are_restricted_and_opened_again(keeper: Keeper) -> None:
    made = await keeper.done("correctOrganization", {"organization": "ORG-1", "acronym": "ONE"})
    number = await keeper.done("restrictEntity", {"entity": "Organization:ORG-1", "role": "CSU"})

    found = await keeper.read(LEVELS)
    assert ["Organization", "ORG-1", 2] in found
    assert {f"CHANGE-{made}", f"CHANGE-{number}"} <= {row[1] for row in found}
    assert await restricted(keeper) == ("Organization",)
    later = await keeper.done("admitMember", {"organization": "ORG-1", "network": "NET-A"})
    assert ["Change", f"CHANGE-{later}", 2] in await keeper.read(LEVELS)

    # when it is opened again, then by that alone
    await keeper.done("unrestrictEntity", {"entity": "Organization:ORG-1"})
    assert "Organization" not in {row[0] for row in await keeper.read(LEVELS)}
    assert await restricted(keeper) == ()


async def test_undoing_a_restriction_opens_the_entity(keeper: Keeper) -> None:
    number = await keeper.done("restrictEntity", {"entity": "Organization:ORG-1", "role": "CSU"})
    await keeper.done("undoChange", {"number": number})

    assert await restricted(keeper) == ()


async def test_nobody_restricts_beyond_themselves_or_sees_beyond(keeper: Keeper) -> None:
    given = {"entity": "Organization:ORG-1", "role": "ADMIN"}
    assert await keeper.refused("restrictEntity", given) == "FORBIDDEN"
    await keeper.done("restrictEntity", given, ADMIN)

    assert await keeper.refused("restrictEntity", {**given, "role": "CSU"}) == "NOT_FOUND"
    assert await keeper.refused("admitMember", {"organization": "ORG-1", "network": "NET-A"}) == "NOT_FOUND"
    assert await keeper.refused("restrictEntity", {"entity": "ORG-1", "role": "CSU"}) == "INVALID_VALUE"
    source = {"entity": "Source:SRC", "role": "CSU"}
    assert await keeper.refused("restrictEntity", source) == "NOT_ALLOWED OPEN_SOURCES"
