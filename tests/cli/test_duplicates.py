"""``net4u duplicates`` lists pairs on a terminal, in a spreadsheet's form, or as JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u

STRADA = "ORG-LA-STRADA-INTERNATIONAL"


def test_pairs_are_a_table_of_two_names_with_reasons(service: Server, seeded_directory: Path) -> None:
    asked = net4u("duplicates", "--format", "csv", "--threshold", "0.9", "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    rows = list(csv.DictReader(asked.out.splitlines()))
    assert list(rows[0]) == ["score", "name_a", "a", "name_b", "b", "reasons"]
    [strada] = [row for row in rows if row["a"] == f"Organization:{STRADA}"]
    assert strada["name_b"] == "International La Strada Association"
    assert strada["reasons"].startswith("+0.97 SAME_NAME")
    assert sorted(rows, key=lambda row: -float(row["score"])) == rows


def test_json_is_the_answer_as_it_came(service: Server, seeded_directory: Path) -> None:
    asked = net4u("duplicates", "--format", "json", "--data", seeded_directory)

    pairs = json.loads(asked.out)["duplicates"]["pairs"]
    assert all(
        abs(sum(reason["contribution"] for reason in pair["reasons"]) - pair["score"]) < 1e-9
        for pair in pairs
    )
    assert pairs


def test_a_kind_that_is_not_compared_is_refused(service: Server, seeded_directory: Path) -> None:
    asked = net4u("duplicates", "--kind", "events", "--data", seeded_directory)

    assert asked.code == 64
    assert "registerEntries" in asked.err
