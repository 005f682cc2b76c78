"""Organizations, created and corrected."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Keeper

NEW = {
    "key": "ORG-NEW", "name": "New Ground", "kind": "NGO", "acronym": "NG", "aliases": ["Terre"],
    "languages": ["en", "fr"], "website": "https://ground.example", "country": "KEN", "themes": [],
}  # fmt: skip
STORED = "MATCH (n:Organization {key: 'ORG-NEW'}) RETURN "


async def test_what_was_given_is_stored(keeper: Keeper) -> None:
    await keeper.done("createOrganization", NEW)

    found = await keeper.read(f"{STORED} n.name, n.acronym, n.aliases, n.languages, n.website, n.founded")
    assert found == [["New Ground", "NG", ["Terre"], ["en", "fr"], "https://ground.example", None]]
    assert await keeper.read(f"{STORED} COLLECT {{ MATCH (n)-[:BASED_IN]->(c) RETURN c.key }}") == [[["KEN"]]]


async def test_a_correction_changes_what_it_names_and_nothing_else(keeper: Keeper) -> None:
    await keeper.done("createOrganization", NEW)

    correction = {"name": "Newer Ground", "languages": ["es"], "clear": ["acronym", "aliases"]}
    await keeper.done("correctOrganization", {"organization": "ORG-NEW", **correction})

    found = await keeper.read(f"{STORED} n.name, n.acronym, n.aliases, n.languages, n.website")
    assert found == [["Newer Ground", None, [], ["es"], "https://ground.example"]]


@pytest.mark.parametrize("name", ["name", "kind", "key", "country", "nothing"])
async def test_what_cannot_be_taken_away(keeper: Keeper, name: str) -> None:
    await keeper.done("createOrganization", NEW)

    cleared = {"organization": "ORG-NEW", "clear": [name]}
    assert await keeper.refused("correctOrganization", cleared) == "INVALID_VALUE"
