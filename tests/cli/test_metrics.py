"""``net4u metrics`` prints nodes with their metrics, and figures about the whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(out.splitlines()))


def test_nodes_are_listed_by_a_metric_page_by_page(service: Server, seeded_directory: Path) -> None:
    words = ("metrics", "--by", "degree", "--of", "Organization", "--first", "3", "--data", seeded_directory)
    first, table = net4u(*words, "--format", "csv"), net4u(*words)
    cursor = table.error.split()[-1]
    second = net4u(*words, "--after", cursor, "--metric", "degree", "--format", "csv")

    assert (first.code, first.err, second.code) == (0, "", 0)
    assert table.error.startswith("3 of ")
    found, more = rows(first.out), rows(second.out)
    assert {each["kind"] for each in [*found, *more]} == {"Organization"}
    degrees = [int(each["degree"]) for each in [*found, *more]]
    assert degrees == sorted(degrees, reverse=True)
    assert len({each["key"] for each in [*found, *more]}) == 6
    assert list(more[0]) == ["kind", "key", "name", "degree"]
    assert float(found[0]["betweenness"]) > 0


def test_figures_about_the_whole(service: Server, seeded_directory: Path) -> None:
    words = ("metrics", "--summary", "--relation", "MEMBER_OF", "--data", seeded_directory)
    table, answer = net4u(*words), net4u(*words, "--format", "json")

    found = json.loads(answer.out)["networkMetrics"]
    assert (table.code, answer.code, answer.err) == (0, 0, "")
    assert str(found["nodeCount"]) in table.out
    assert found["componentCount"] <= found["communityCount"] <= found["nodeCount"]
    assert found["samples"] is None


def test_mistakes_are_one_line(service: Server, seeded_directory: Path) -> None:
    unknown = net4u("metrics", "--by", "fame", "--data", seeded_directory)
    shown = net4u("metrics", "--metric", "fame", "--data", seeded_directory)

    assert unknown.error.startswith("INVALID_ARGUMENT")
    assert "pageRank" in unknown.error
    assert unknown.code == shown.code == 64
