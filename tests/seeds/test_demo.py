"""The demonstration: made up, marked so everywhere, and the same at every run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from graph_api.imports.records import StoredEdge, StoredNode
from seeds import catalogue
from seeds.demo.generate import generated
from seeds.demo.tables import TABLES
from tests.seeds.prepared import edges, nodes, prepared_files, table

DAY = "2023-11-15"


def demo_records() -> list[StoredNode | StoredEdge]:
    files = [file for label, file in prepared_files().items() if label.startswith("demo/")]
    return [
        *(node for file in files for node in file.nodes),
        *(edge for file in files for edge in file.edges),
    ]


def demo_nodes(kind: str) -> list[StoredNode]:
    return [node for node in nodes(kind) if node.properties["synthetic"]]


def test_generating_again_gives_the_same_bytes() -> None:
    assert [demo.path.name for demo, content in generated() if demo.path.read_bytes() != content] == []


def test_the_check_fails_for_a_table_that_was_changed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seeds.demo", "--check"]
    root = Path(__file__).parents[2]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
    for folder in ("seeds", "schema", "graph_api"):
        (tmp_path / folder).symlink_to(root / folder)
    (tmp_path / "seeds").unlink()
    _copy(root / "seeds", tmp_path / "seeds")
    offices = tmp_path / "seeds" / "demo" / "offices.csv"
    offices.write_text(offices.read_text() + "\n")
    found = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert found.returncode == 1
    assert found.stdout.startswith("offices.csv is not what is generated")


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copied = target / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())


def test_every_row_and_record_is_marked() -> None:
    for demo in TABLES:
        assert {row["synthetic"] for row in table(f"demo/{demo.name}.csv")} == {"true"}
    records = demo_records()
    assert {record.properties["synthetic"] for record in records} == {True}
    rest_on = {str(record.properties["sources"]) for record in records}
    assert rest_on == {"['DEMONSTRATION']", "[]"}
    assert [record for record in records if record.properties["sources"] == []] == demo_nodes("Source")
    named = [record for record in records if isinstance(record, StoredNode)]
    assert {str(node.properties["name"]).partition(" ")[0] for node in named} == {"Demo", "Demonstration"}


def test_nothing_else_is_marked_and_nothing_else_needs_it() -> None:
    facts = [file.label for file in catalogue(demo=False)]
    assert facts == [label for label in prepared_files() if not label.startswith("demo/")]
    for label in facts:
        file = prepared_files()[label]
        records: list[StoredNode | StoredEdge] = [*file.nodes, *file.edges]
        assert {record.properties["synthetic"] for record in records} == {False}


def holds(row: dict[str, str]) -> bool:
    """Whether some day of since is on or before the day, and some day of until on or after it."""
    begun = row["since"] <= DAY[: len(row["since"])]
    return begun and (not row["until"] or row["until"] >= DAY[: len(row["until"])])


def test_the_networks_have_as_many_members_as_stated_for_november_2023() -> None:
    rows = table("demo/memberships.csv")
    for network, number in (("NET4U-AMERICAS", 20), ("NET4U-AFRICA", 26)):
        present = [row["source"] for row in rows if row["target"] == network and holds(row)]
        assert len(present) == len(set(present)) == number
        stated = next(row for row in table("reference/networks.csv") if row["code"] == network)
        assert int(stated["member_count"]) == number


def test_somebody_left_somebody_joined_later_and_somebody_came_back() -> None:
    rows = [row for row in table("demo/memberships.csv") if row["target"] == "NET4U-AMERICAS"]
    assert sum(row["until"] != "" and row["until"] < DAY for row in rows) == 4
    assert sum(row["since"] > DAY for row in rows) == 3
    spells = [(row["since"], row["until"]) for row in rows if row["source"] == "DEMO-ORG-CAOBA"]
    assert spells == [("2022-05", "2022-12"), ("2023-06", "")]


def test_at_least_six_african_members_cover_firearms_some_by_a_narrower_topic() -> None:
    members = {row["source"] for row in table("demo/memberships.csv") if row["target"] == "NET4U-AFRICA"}
    covering = [row for row in table("demo/expertise.csv") if row["source"] in members]
    covering = [row for row in covering if row["target"].startswith("FIREARMS")]
    assert len({row["source"] for row in covering}) >= 6
    assert {row["level"] for row in covering} == {"EXPERT", "ACTIVE", "INTERESTED"}
    assert any(row["target"] != "FIREARMS" for row in covering)


def test_some_members_are_in_no_body_and_hold_no_office() -> None:
    busy = {row["source"] for name in ("seats", "offices") for row in table(f"demo/{name}.csv")}
    for network in ("NET4U-AMERICAS", "NET4U-AFRICA"):
        members = {
            row["source"] for row in table("demo/memberships.csv") if row["target"] == network and holds(row)
        }
        assert 3 <= len(members - busy) < len(members)


def test_all_steps_and_all_kinds_of_offices_occur() -> None:
    steps = {node.properties["status"] for node in demo_nodes("Application")}
    assert steps == {
        "DRAFT", "SUBMITTED", "PROPOSED", "WITH_EXTENDED_BUREAU", "APPROVED", "DECLINED", "WITHDRAWN",
    }  # fmt: skip
    kinds = {node.properties["kind"] for node in demo_nodes("GovernmentCounterpart")}
    assert kinds == {"REVIEW_FOCAL_POINT", "COMPETENT_NATIONAL_AUTHORITY", "POLICY_COUNTERPART"}


def test_some_countries_of_members_have_no_counterpart() -> None:
    countries = {row["country"] for row in table("demo/organizations.csv")}
    with_one = {edge.target.key for edge in edges("CounterpartOf")}
    assert len(countries - with_one) >= 5


def test_some_planned_meetings_were_missed() -> None:
    ordinary = [row for row in table("demo/activities.csv") if row["kind"] == "ORDINARY_MEETING"]
    assert {row["status"] for row in ordinary if not row["event"]} == {"CANCELLED", "PLANNED"}
    assert {len(row["start"]) for row in table("demo/meetings.csv")} == {len("2023-11"), len("2023-11-15")}
