"""``net4u health`` prints what deserves attention in a network."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u


def test_findings_are_rows(service: Server, seeded_directory: Path) -> None:
    day = ("--as-of", "2024-07-15", "--least", "ATTENTION", "--format", "csv")
    asked = net4u("health", "NET4U-AMERICAS", *day, "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    rows = list(csv.DictReader(asked.out.splitlines()))
    assert list(rows[0]) == ["severity", "rule", "message", "evidence", "sources"]
    assert {row["severity"] for row in rows} <= {"ATTENTION", "URGENT"}
    assert any("DEMO-ACTIVITY-AMERICAS-2024-Q2" in row["evidence"] for row in rows)


def test_json_is_the_answer_as_it_came_and_today_is_the_day(service: Server, seeded_directory: Path) -> None:
    asked = net4u("health", "NET4U-AFRICA", "--format", "json", "--data", seeded_directory)

    assert json.loads(asked.out)["networkHealth"]["findings"]


def test_an_unknown_network_is_said_in_a_line(service: Server, seeded_directory: Path) -> None:
    asked = net4u("health", "NOBODY", "--data", seeded_directory)

    assert asked.code == 64
    assert "NOBODY" in asked.err
