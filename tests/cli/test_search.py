"""``net4u search`` finds entities by their names, for a terminal, a spreadsheet or a program."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u


def test_hits_are_a_table_with_the_name_that_was_found(service: Server, seeded_directory: Path) -> None:
    asked = net4u("search", "la strda", "--format", "csv", "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    rows = list(csv.DictReader(asked.out.splitlines()))
    assert list(rows[0]) == ["score", "kind", "key", "name", "matched"]
    assert rows[0]["key"] == "ORG-LA-STRADA-INTERNATIONAL"


def test_kinds_and_places_limit_what_is_found(service: Server, seeded_directory: Path) -> None:
    limits = ("--kind", "organizations", "--within", "AFRICA", "--as-of", "2024-06-30")
    asked = net4u("search", "demo", *limits, "--format", "json", "--data", seeded_directory)
    counted = net4u("search", "demo", *limits, "--facets", "--format", "csv", "--data", seeded_directory)

    found = json.loads(asked.out)["search"]
    assert found["totalCount"] > 0
    assert {edge["node"]["kind"] for edge in found["edges"]} == {"Organization"}
    rows = list(csv.DictReader(counted.out.splitlines()))
    [kind] = [row for row in rows if row["facet"] == "kind"]
    assert (kind["key"], kind["count"]) == ("ORGANIZATION", str(found["totalCount"]))
    assert "AFRICA" in {row["key"] for row in rows if row["facet"] == "region"}


def test_a_kind_and_a_key_that_nobody_knows_are_refused(service: Server, seeded_directory: Path) -> None:
    kind = net4u("search", "x", "--kind", "planets", "--data", seeded_directory)
    key = net4u("search", "x", "--within", "MARS", "--data", seeded_directory)

    assert kind.code == 64
    assert "RegisterEntry" in kind.err
    assert key.code != 0
    assert "MARS" in key.err
