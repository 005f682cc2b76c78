"""``net4u neighborhood``, ``paths`` and ``connect`` print tables, CSV, and the JSON as it came."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.programs import Server, net4u


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(out.splitlines()))


def test_a_neighborhood_is_a_list_of_nodes_or_of_edges(service: Server, seeded_directory: Path) -> None:
    words = ("neighborhood", "CD-2024-FIREARMS", "--format", "csv", "--data", seeded_directory)
    nodes, edges = net4u(*words), net4u(*words, "--edges")

    assert (nodes.code, nodes.err, edges.code, edges.err) == (0, "", 0, "")
    found = rows(nodes.out)
    assert (found[0]["key"], found[0]["depth"], found[0]["kind"]) == ("CD-2024-FIREARMS", "0", "Event")
    assert {each["depth"] for each in found[1:]} == {"1"}
    ends = {(each["source"], each["target"]) for each in rows(edges.out)}
    middle = "Event:CD-2024-FIREARMS"
    assert {key for pair in ends for key in pair} == {f"{each['kind']}:{each['key']}" for each in found}
    assert any(middle in pair for pair in ends)


def test_what_is_cut_is_said(service: Server, seeded_directory: Path) -> None:
    cut = net4u(
        "neighborhood", "CD-2024-FIREARMS", "--max-nodes", "3", "--format", "csv", "--data", seeded_directory
    )

    assert (cut.code, len(rows(cut.out))) == (0, 3)
    assert cut.error.startswith("3 of ")


def test_paths_are_lists_of_edges(service: Server, seeded_directory: Path) -> None:
    words = ("paths", "DEMO-ORG-BAOBAB", "DEMO-ORG-NILE", "--first", "2", "--data", seeded_directory)
    table, found = net4u(*words), net4u(*words, "--format", "csv")

    assert (table.code, found.code, found.err) == (0, 0, "")
    assert {each["path"] for each in rows(found.out)} == {"1", "2"}
    assert all(each["sources"] for each in rows(found.out))
    answer = json.loads(net4u(*words, "--format", "json").out)
    assert [each["length"] for each in answer["paths"]] == sorted(each["length"] for each in answer["paths"])


def test_several_are_connected(service: Server, seeded_directory: Path) -> None:
    keys = ("DEMO-ORG-BAOBAB", "DEMO-ORG-NILE", "DEMO-ORG-DELTA")
    found = net4u("connect", *keys, "--format", "json", "--data", seeded_directory)

    part = json.loads(found.out)["connect"]
    assert (found.code, found.err, part["pieces"]) == (0, "", 1)
    ends = [each["entity"]["key"] for each in part["nodes"] if each["depth"] == 0]
    assert ends == list(keys)


def test_mistakes_are_one_line(service: Server, seeded_directory: Path) -> None:
    same = net4u("paths", "CD-2024-FIREARMS", "CD-2024-FIREARMS", "--data", seeded_directory)
    unknown = net4u("connect", "CD-2024-FIREARMS", "NO-SUCH-KEY", "--data", seeded_directory)

    assert same.error.startswith("INVALID_ARGUMENT")
    assert unknown.error.startswith("UNKNOWN_KEY")
    assert same.code == unknown.code == 64
