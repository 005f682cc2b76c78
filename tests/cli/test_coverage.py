"""``net4u coverage`` prints a table of counts, its gaps, or the answer as JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u

AXES = ("--rows", "THEME", "--columns", "REGION_NET4U")


def test_a_table_has_a_line_for_each_row(service: Server, seeded_directory: Path) -> None:
    asked = net4u("coverage", *AXES, "--rows-level", "0", "--format", "csv", "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    rows = {row["row"]: row for row in csv.DictReader(asked.out.splitlines())}
    assert int(rows["FIREARMS"]["NET4U-REGION-AFRICA"]) > 0
    assert "TIP_CHILDREN" not in rows


def test_gaps_and_two_days(service: Server, seeded_directory: Path) -> None:
    days = ("--as-of", "2024-06-30", "--compare-to", "2010-01-01")
    asked = net4u("coverage", *AXES, "--gaps", "2", *days, "--format", "csv", "--data", seeded_directory)

    rows = list(csv.DictReader(asked.out.splitlines()))
    assert list(rows[0]) == ["rowKey", "columnKey", "count", "compared"]
    assert {row["count"] for row in rows} <= {"0", "1"}


def test_json_is_the_answer_as_it_came(service: Server, seeded_directory: Path) -> None:
    where = '{"memberships": {"some": {"node": {"key": {"eq": "NET4U-AFRICA"}}}}}'
    asked = net4u("coverage", *AXES, "--where", where, "--format", "json", "--data", seeded_directory)

    found = json.loads(asked.out)["coverage"]
    assert {cell["columnKey"] for cell in found["cells"]} == {"NET4U-REGION-AFRICA"}


def test_mistakes_are_said_in_a_line(service: Server, seeded_directory: Path) -> None:
    unknown = net4u("coverage", "--rows", "COLOUR", "--columns", "THEME", "--data", seeded_directory)
    broken = net4u("coverage", *AXES, "--where", "{", "--data", seeded_directory)

    assert unknown.code == broken.code == 64
    assert "REGION_NET4U" in unknown.err
    assert "no JSON" in broken.err
