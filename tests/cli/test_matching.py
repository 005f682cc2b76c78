"""``net4u match`` and ``net4u slate`` print tables, CSV, and the JSON as it came."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from schema.matching.score import NOTICE
from tests.programs import Server, net4u


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(out.splitlines()))


def test_a_ranking_says_its_weights_and_what_it_is(service: Server, seeded_directory: Path) -> None:
    words = ("match", "CD-2024-FIREARMS", "--first", "3", "--data", seeded_directory)
    table, found = net4u(*words), net4u(*words, "--format", "csv")

    assert (table.code, found.code, table.err, found.err) == (0, 0, "", "")
    assert "DEMO-ORG-AGAVE" in table.out
    assert "Weights: EXPERTISE 0.7, DIALOGUES 0.15, FRESHNESS 0.15." in table.out
    assert NOTICE in table.out
    ranked = rows(found.out)
    assert len(ranked) == 3
    assert [each["score"] for each in ranked] == sorted((each["score"] for each in ranked), reverse=True)
    assert all("EXPERTISE (" in each["reasons"] for each in ranked)


def test_criteria_stand_for_an_event(service: Server, seeded_directory: Path) -> None:
    criteria = ("--theme", "TIP", "--region", "AFRICA", "--language", "fr", "--travel-support", "--newcomers")
    weights = ("--weight", "EXPERTISE=0.6", "--weight", "NEWCOMER=0.4")
    words = ("match", *criteria, *weights, "--as-of", "2024-06-30", "--format", "json")
    asked = net4u(*words, "--data", seeded_directory)

    found = json.loads(asked.out)["matchOrganizations"]
    assert (asked.code, found["notice"]) == (0, NOTICE)
    assert {each["criterion"]: each["weight"] for each in found["weights"] if each["weight"]} == {
        "EXPERTISE": 0.6,
        "NEWCOMER": 0.4,
    }
    for edge in found["edges"]:
        assert sum(each["contribution"] for each in edge["reasons"]) == pytest.approx(edge["score"])


def test_a_slate_has_seats_costs_and_who_nearly_has_one(service: Server, seeded_directory: Path) -> None:
    bounds = ("--at-most", "COUNTRY:1", "--at-least", "REGION=AFRICA:2")
    words = ("slate", "--event", "CD-2024-FIREARMS", "--size", "4", *bounds, "--data", seeded_directory)
    table, found = net4u(*words), net4u(*words, "--format", "csv")

    assert (table.code, found.code, table.err, found.err) == (0, 0, "", "")
    assert "\nTotal " in table.out
    assert "at most 1 of each COUNTRY: " in table.out
    seats = [each for each in rows(found.out) if each["place"] == "seat"]
    assert len(seats) == len({each["country"] for each in seats}) == 4
    assert {each["place"] for each in rows(found.out)} == {"seat", "nearly"}


def test_a_committee_says_that_gender_is_not_known(service: Server, seeded_directory: Path) -> None:
    words = ("slate", "--network", "NET4U-AFRICA", "--size", "5", "--as-of", "2024-06-01")
    asked = net4u(*words, "--data", seeded_directory)

    assert asked.code == 0
    assert "Gender balance: not known" in asked.out


def test_a_conflict_is_said_and_no_error(service: Server, seeded_directory: Path) -> None:
    bounds = ("--at-least", "REGION=AFRICA:5", "--at-least", "REGION=AMERICAS:2")
    words = ("slate", "--event", "CD-2024-FIREARMS", "--size", "6", *bounds, "--format", "json")
    asked = net4u(*words, "--data", seeded_directory)

    found = json.loads(asked.out)["proposeSlate"]
    assert (asked.code, found["feasible"], found["seats"], len(found["conflict"])) == (0, False, [], 2)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("match",), "INVALID_ARGUMENT"),
        (("match", "NOTHING"), "UNKNOWN_KEY"),
        (("match", "CD-2024-FIREARMS", "--weight", "EXPERTISE=0.5"), "INVALID_ARGUMENT"),
        (("match", "CD-2024-FIREARMS", "--weight", "EXPERTISE=much"), "INVALID_SETTING"),
        (("slate", "--size", "3"), "INVALID_ARGUMENT"),
        (("slate", "--event", "CD-2024-FIREARMS", "--size", "400"), "INVALID_ARGUMENT"),
        (("slate", "--event", "CD-2024-FIREARMS", "--size", "2", "--at-most", "COLOUR:1"), "INVALID_SETTING"),
    ],
    ids=str,
)
def test_mistakes_are_one_line(
    words: tuple[str, ...], code: str, service: Server, seeded_directory: Path
) -> None:
    asked = net4u(*words, "--data", seeded_directory)

    assert asked.error.startswith(code)
    assert asked.code != 0
