"""``net4u export``: from a running server, and from a store of its own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import openpyxl
import pytest

from tests.programs import Server, net4u

QUESTION = """query Countries($first: Int = 3) {
  countries(first: $first, orderBy: [{ name: ASC }]) { nodes { key name regions { nodes { key } } } }
}
"""


@pytest.fixture
def data(service: Server, seeded_directory: Path) -> Path:
    """The directory on which a server runs."""
    return seeded_directory


def test_a_list_of_a_running_server_goes_to_a_file(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "organizations.xlsx"
    where = json.dumps({"country": {"within": ["AFRICA"]}})

    outcome = net4u("export", "organizations", "--where", where, "--out", out, "--data", data)

    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    book = openpyxl.load_workbook(out)
    about = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert about["filters"] == json.dumps({"where": json.loads(where)}, separators=(",", ":"))
    assert about["rows"] == book["rows"].max_row - 1 > 0
    assert about["role"] == "PUBLIC"
    assert [path.name for path in tmp_path.iterdir()] == ["organizations.xlsx"]


def test_what_a_server_gives_is_what_the_store_gives(data: Path) -> None:
    served = net4u("export", "networks", "--columns", "key,name", "--data", data)
    own = net4u("export", "networks", "--columns", "key,name", "--role", "PUBLIC", "--data", data)

    assert (served.code, own.code) == (0, 0), served.err + own.err
    assert served.out == own.out
    rows = list(csv.DictReader(io.StringIO(served.out)))
    assert {row["synthetic"] for row in rows} <= {"true", "false"}
    assert len(rows) > 3


def test_a_question_and_a_document_become_rows(data: Path, tmp_path: Path) -> None:
    options = ("--set", "theme=FIREARMS", "--set", "region=AFRICA", "--format", "jsonl", "--data", data)
    stored = net4u("export", "--question", "members-covering", *options)
    assert stored.code == 0, stored.err
    facts, *rows = [json.loads(line) for line in stored.out.splitlines()]
    assert (facts["export"], facts["rows"], facts["total"]) == ("members-covering", len(rows), len(rows))

    document = tmp_path / "countries.graphql"
    document.write_text(QUESTION)
    own = net4u("export", "--document", document, "--variables", '{"first": 2}', "--data", data)
    found = list(csv.DictReader(io.StringIO(own.out)))
    assert [list(row) for row in found] == [
        ["key", "name", "regions", "graph_version", "as_of", "filters"]
    ] * 2


def test_a_part_of_the_graph_is_read_as_the_role_sees_it(data: Path, tmp_path: Path) -> None:
    nodes = {}
    for role in ("PUBLIC", "ADMIN"):
        out = tmp_path / f"{role}.gexf"
        outcome = net4u(
            "export", "--graph", "--kinds", "organizations,applications", "--role", role,
            "--out", out, "--data", data,
        )  # fmt: skip
        assert outcome.code == 0, outcome.err
        kinds = [kind for _, kind in networkx.read_gexf(out).nodes(data="node_type")]
        nodes[role] = {kind: kinds.count(kind) for kind in kinds}
    assert nodes["PUBLIC"] == {"Organization": nodes["ADMIN"]["Organization"]}
    assert nodes["ADMIN"]["Application"] > 100


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "INVALID_SETTING"),
        (("organizations", "--graph"), "INVALID_SETTING"),
        (("organizations", "--out", "rows.pdf"), "INVALID_ARGUMENT"),
        (("parties",), "INVALID_ARGUMENT"),
        (("organizations", "--where", "{"), "INVALID_ARGUMENT"),
        (("organizations", "--role", "KING"), "INVALID_SETTING"),
        (("--question", "members-covering", "--set", "theme"), "INVALID_SETTING"),
        (("--question", "nobody"), "UNKNOWN_QUESTION"),
    ],
)
def test_what_is_wrong_is_one_line(data: Path, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    outcome = net4u("export", *words, "--data", data)

    assert outcome.code not in (0, 1)
    assert outcome.error.startswith(f"{code}: ")
    assert outcome.out == ""
