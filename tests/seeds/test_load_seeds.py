"""The seeds in the graph, on every engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.imports import FileStatus, count_graph, load
from graph_api.imports.statements import FILE_LABEL
from schema import ontology
from seeds import catalogue
from tests.imports.dump import dump, dump_facts
from tests.seeds.conftest import WIPE, Seeded
from tests.seeds.prepared import expected_graph, table


async def keys(store: BoltStore, text: str) -> list[object]:
    return [row[0] for row in await store.read(Statement(text))]


def test_every_row_is_in_the_graph_or_in_the_list(seeded: Seeded) -> None:
    for file in seeded.report.files:
        assert file.status is FileStatus.LOADED
        assert file.rows == len(table(file.label))
        assert file.rows == file.loaded + len(file.set_aside) + file.rejected_rows
        assert file.held_back == 0
    assert list(seeded.report.lines()) == [
        "reference/countries.csv:220, m49: set aside: no Member State or observer of the United Nations, "
        "and M49 has no entry for code 158 (value: '158')"
    ]


async def test_the_graph_holds_what_the_files_say_and_nothing_else(seeded: Seeded) -> None:
    stored, _ = await dump(seeded.store)
    assert {key for label, key in stored if label == FILE_LABEL} == {file.label for file in catalogue()}
    assert await dump_facts(seeded.store) == expected_graph()


async def test_each_file_is_a_change_that_tells_of_all_that_it_stored(seeded: Seeded) -> None:
    told = await seeded.store.read(
        Statement("MATCH (c:Change)-[r:CHANGED]->(n) RETURN c.name, c.actor, count(DISTINCT n)")
    )
    assert {(str(name), actor) for name, actor, _ in told} == {
        (f"{file.label} loaded", "server") for file in catalogue()
    }
    nodes, _ = await dump_facts(seeded.store)
    untold = await seeded.store.read(
        Statement("MATCH (n) WHERE NOT EXISTS { MATCH (n)<-[:CHANGED]-() } RETURN head(labels(n)), n.key")
    )
    assert not {(str(label), str(key)) for label, key in untold} & nodes.keys()


async def test_loading_again_gives_the_same_graph(seeded: Seeded) -> None:
    before = await dump(seeded.store)
    unchanged = await load(seeded.store, ontology, catalogue())
    assert {file.status for file in unchanged.files} == {FileStatus.UNCHANGED}
    assert list(unchanged.lines()) == list(seeded.report.lines())
    again = await load(seeded.store, ontology, catalogue(), reload=True)
    assert {file.status for file in again.files} == {FileStatus.LOADED}
    assert await dump(seeded.store) == before


async def test_the_register_is_no_list_of_organizations(seeded: Seeded) -> None:
    counted = await count_graph(seeded.store, ontology)
    assert counted.nodes["RegisterEntry"] == 6195
    seen, made_up = table("reference/organizations_seen.csv"), table("demo/organizations.csv")
    assert counted.nodes["Organization"] == len(seen) + len(made_up)
    assert counted.nodes["Country"] == 248


async def test_a_country_lies_within_regions_of_all_schemes(seeded: Seeded) -> None:
    kenya = (
        "MATCH (:Country {key: 'KEN'})-[:LOCATED_IN*1..6]->(r:Region) RETURN DISTINCT r.key ORDER BY r.key"
    )
    assert await keys(seeded.store, kenya) == [
        "AFRICA", "EASTERN-AFRICA", "NET4U-REGION-AFRICA", "SUB-SAHARAN-AFRICA", "UN-AFRICAN-GROUP", "WORLD",
    ]  # fmt: skip
    turkiye = (
        "MATCH (:Country {key: 'TUR'})-[:LOCATED_IN]->(r:Region {scheme: 'UN_REGIONAL_GROUP'}) "
        "RETURN r.key ORDER BY r.key"
    )
    assert await keys(seeded.store, turkiye) == ["UN-ASIA-PACIFIC-GROUP", "UN-WEOG"]


async def test_the_world_contains_every_country(seeded: Seeded) -> None:
    world = "MATCH (c:Country)-[:LOCATED_IN*1..6]->(:Region {key: 'WORLD'}) RETURN count(DISTINCT c)"
    assert await keys(seeded.store, world) == [248]


async def test_without_the_demonstration_nothing_is_made_up(bare_store: BoltStore) -> None:
    store = bare_store
    await store.write([WIPE])
    report = await load(store, ontology, catalogue(demo=False))
    report.raise_if_rejected()
    assert await keys(store, "MATCH (n) WHERE n.synthetic RETURN n.key") == []
    assert await keys(store, "MATCH ()-[r]->() WHERE r.synthetic RETURN r.key") == []
    assert await keys(store, "MATCH (n) WHERE n.key STARTS WITH 'DEMO' RETURN n.key") == []


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("2022-05-27,2022-05-27,day", "2022-05-27,2022-05-17,day", "end", "it ends before it begins"),
        ("2022-05-27,2022-05-27,day", "2022-05,2022-05,day", "date_precision", "start is known to the month"),
        ("2022-05-27,2022-05-27", "27 May 2022,2022-05-27", "start", "'27 May 2022' is not a date."),
        (
            "WG-IC-13|WG-TA-13",
            "WG-IC-13|WG-TA-99",
            "target",
            "Follows needs the Event WG-TA-99, which does not exist",
        ),
        (
            "technical assistance,VERIFIED",
            "space law,VERIFIED",
            "topics",
            "topic_themes.csv has no line for the topic 'space law'",
        ),
    ],
)
async def test_one_broken_event_rejects_all_events(
    bare_store: BoltStore, tmp_path: Path, old: str, new: str, column: str, reason: str
) -> None:
    files = list(catalogue(demo=False))
    place = next(number for number, file in enumerate(files) if file.label == "reference/events.csv")
    text = files[place].path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("CD-2022-IC-TA,"))
    assert old in line
    broken = tmp_path / "events.csv"
    broken.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")
    store = bare_store
    await store.write([WIPE])
    report = await load(store, ontology, [*files[:place], replace(files[place], path=broken)])
    (error,) = report.files[-1].rejected
    assert (error.place.line, error.column, error.reason) == (30, column, reason)
    assert await keys(store, "MATCH (n:Event) RETURN n.key") == []
    assert await keys(store, f"MATCH (f:{FILE_LABEL} {{key: 'reference/events.csv'}}) RETURN f.key") == []
