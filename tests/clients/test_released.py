"""Clients of the last release go on working: what would break them was decided on and is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.node_packages import NodePackages
from tests.programs import ROOT

SCHEMA = ROOT / "schema" / "schema.graphql"
RELEASED = ROOT / "schema" / "released.graphql"
ACCEPTED = ROOT / "schema" / "breaking-changes.txt"


def accepted(file: Path) -> list[str]:
    """The listed changes; lines that begin with # are comments."""
    lines = (line.strip() for line in file.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def complaints(clients: NodePackages, released: Path, now: Path, listed: list[str]) -> list[str]:
    """What breaks clients and is not listed, and what is listed and does not."""
    breaking: list[str] = json.loads(clients.node("compare.mjs", released, now))
    return [
        *(f"not listed: {change}" for change in breaking if change not in listed),
        *(f"listed, but does not occur: {change}" for change in listed if change not in breaking),
    ]


def test_nothing_breaks_that_is_not_listed(clients: NodePackages) -> None:
    found = complaints(clients, RELEASED, SCHEMA, accepted(ACCEPTED))

    assert not found, "See schema/breaking-changes.txt. " + "\n".join(found)


@pytest.mark.parametrize(
    ("before", "after", "breaking"),
    [
        ("  victimLed: Boolean\n", "", "Field 'victimLed' was removed from object type 'Organization'"),
        (
            "  victimLed: Boolean\n",
            "  victimLed: Int\n",
            "Field 'Organization.victimLed' changed type from 'Boolean' to 'Int'",
        ),
        (
            "  entity(key: String!, asOf: Date): Entity\n",
            "  entity(key: String!, asOf: Date!): Entity\n",
            "Type for argument 'asOf' on field 'Query.entity' changed from 'Date' to 'Date!'",
        ),
        ("  DESC\n", "", "Enum value 'DESC' was removed from enum 'OrderDirection'"),
        ("  victimLed: Boolean\n", "  victimLed: Boolean\n  logo: String\n", None),
        ("  victimLed: Boolean\n", "  victimLed: Boolean!\n", None),
    ],
    ids=["field gone", "type changed", "argument required", "enum value gone", "field added", "never null"],
)
def test_breaking_changes_are_found(
    before: str, after: str, breaking: str | None, clients: NodePackages, tmp_path: Path
) -> None:
    released = RELEASED.read_text()
    assert released.count(before) == 1
    changed = tmp_path / "changed.graphql"
    changed.write_text(released.replace(before, after))

    found = complaints(clients, RELEASED, changed, [])

    assert found == ([f"not listed: {breaking}"] if breaking else [])


def test_a_listed_change_must_occur(clients: NodePackages) -> None:
    found = complaints(
        clients, RELEASED, RELEASED, ["Field 'gone' was removed from object type 'Organization'"]
    )

    assert found == ["listed, but does not occur: Field 'gone' was removed from object type 'Organization'"]


def test_a_listed_change_is_accepted(clients: NodePackages, tmp_path: Path) -> None:
    (tmp_path / "changed.graphql").write_text(RELEASED.read_text().replace("  victimLed: Boolean\n", ""))
    (tmp_path / "list.txt").write_text(
        "# A reason.\n\nField 'victimLed' was removed from object type 'Organization'\n"
    )

    found = complaints(clients, RELEASED, tmp_path / "changed.graphql", accepted(tmp_path / "list.txt"))

    assert not found
