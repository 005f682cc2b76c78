"""Dump, load and dump again: the same bytes, on each engine and from one to the other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest

from graph_api.changes.version import raise_version, read_version, version_of
from graph_api.cypher.statement import Statement
from graph_api.dumps import contents
from graph_api.dumps.files import check_dump
from graph_api.engine.bolt import BoltStore
from graph_api.errors import UndumpableGraphError
from tests.dumps.graphs import dumped, emptied, fill_randomly, loaded
from tests.imports.dump import dump as everything
from tests.toy.graph import fill


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path


async def test_a_graph_comes_back_to_the_byte(store: BoltStore, directory: Path) -> None:
    # given the toy graph, with everything that was remembered about its tables
    await fill(store)
    before = await everything(store)
    report = await dumped(store, directory / "first")

    # when it is loaded into an empty database
    await loaded(store, directory / "first")

    # then that holds the same, and its dump is the same
    assert await everything(store) == before
    assert (await dumped(store, directory / "second")).sha256 == report.sha256
    assert (directory / "second").read_bytes() == (directory / "first").read_bytes()
    assert report.header.nodes["LoadedFile"] == 12
    assert report.header.total == len((directory / "first").read_bytes().splitlines()) - 2


async def test_from_one_engine_to_the_other_and_back(
    embedded_store: BoltStore, neo4j_store: BoltStore, directory: Path
) -> None:
    # given any values and labels on the embedded engine
    await emptied(embedded_store)
    await fill_randomly(embedded_store, Random(1), nodes=300, edges=600)
    await dumped(embedded_store, directory / "embedded")

    # when they go to Neo4j and back
    await loaded(neo4j_store, directory / "embedded")
    await dumped(neo4j_store, directory / "neo4j")
    await loaded(embedded_store, directory / "neo4j")
    await dumped(embedded_store, directory / "back")

    # then every dump is the same
    first = (directory / "embedded").read_bytes()
    assert (directory / "neo4j").read_bytes() == first
    assert (directory / "back").read_bytes() == first


@pytest.mark.parametrize("seed", range(5))
async def test_any_values_come_back(store: BoltStore, directory: Path, seed: int) -> None:
    await emptied(store)
    await fill_randomly(store, Random(seed), nodes=60, edges=90)
    await dumped(store, directory / "first")

    await loaded(store, directory / "first")
    await dumped(store, directory / "second")

    assert (directory / "second").read_bytes() == (directory / "first").read_bytes()


async def test_pages_of_any_size_give_one_order(
    store: BoltStore, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given nodes with more edges than a page holds, several of them to one node
    await emptied(store)
    await fill_randomly(store, Random(7), nodes=9, edges=200)
    await dumped(store, directory / "large pages")

    # when the pages are tiny
    monkeypatch.setattr(contents, "PAGE", 3)
    await dumped(store, directory / "small pages")

    # then nothing is twice, missing or elsewhere
    assert (directory / "small pages").read_bytes() == (directory / "large pages").read_bytes()


async def test_large_nodes_make_small_pages(
    store: BoltStore, directory: Path, statements: list[Statement]
) -> None:
    # given nodes that a thousand of would not be held at once
    await emptied(store)
    large = "x" * 200_000
    text = "UNWIND $keys AS key CREATE (n:Odd {key: key, text: $text})"
    for first in range(0, 200, 20):
        keys = [f"L-{number:03}" for number in range(first, first + 20)]
        await store.write([Statement(text, {"keys": list(keys), "text": large})])
    statements.clear()

    await dumped(store, directory / "dump")

    limits = [each.parameters["limit"] for each in statements if "properties(n)" in each.text]
    # A million characters in each, but for the first, whose nodes nobody has seen yet.
    assert limits[0] == 50
    assert set(limits[1:]) == {4}


async def test_a_loaded_graph_is_told_from_the_dumped_one(store: BoltStore, directory: Path) -> None:
    # given a graph whose answers somebody keeps
    await emptied(store)
    await store.write([raise_version()])
    before = version_of(await store.read(read_version()))
    await dumped(store, directory / "first")

    # when it is loaded
    await loaded(store, directory / "first")

    # then its number is the same, and what was kept is not taken for it
    after = version_of(await store.read(read_version()))
    assert before is not None
    assert after is not None
    assert (after.number, after.changed) == (before.number, before.changed)
    assert after.graph != before.graph
    assert check_dump(directory / "first").header.graph == before.graph


async def test_an_empty_graph_comes_back(store: BoltStore, directory: Path) -> None:
    await emptied(store)
    report = await dumped(store, directory / "first")
    assert (report.header.graph, report.header.total) == (None, 0)

    await loaded(store, directory / "first")
    await dumped(store, directory / "second")

    assert (directory / "second").read_bytes() == (directory / "first").read_bytes()


async def test_a_compressed_dump_is_the_same_lines(store: BoltStore, directory: Path) -> None:
    await emptied(store)
    await fill_randomly(store, Random(3), nodes=20, edges=20)
    await dumped(store, directory / "plain")
    await dumped(store, directory / "packed.gz")
    await dumped(store, directory / "again.gz")

    assert gzip.decompress((directory / "packed.gz").read_bytes()) == (directory / "plain").read_bytes()
    assert (directory / "again.gz").read_bytes() == (directory / "packed.gz").read_bytes()
    await loaded(store, directory / "packed.gz")
    await dumped(store, directory / "back")
    assert (directory / "back").read_bytes() == (directory / "plain").read_bytes()


async def test_only_its_owner_can_read_a_dump(store: BoltStore, directory: Path) -> None:
    await emptied(store)

    for name in ("plain", "packed.gz"):
        await dumped(store, directory / name)
        assert (directory / name).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in directory.iterdir()) == ["packed.gz", "plain"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CREATE (n:Odd {key: 'a'}) CREATE (m:Odd {name: 'b'})", "Of 2 Odd only 1 can be told apart"),
        ("CREATE (n:Odd {key: 'a'}) CREATE (m:Odd {key: 'a'})", "they are the same"),
        ("CREATE (n:Odd {key: 'a'})-[:T {key: 'e'}]->(m:Odd {key: 'b'}) CREATE (n)-[:T {key: 'e'}]->(m)",
         "T Odd a b Odd e comes after"),
        ("CREATE (n:Odd {key: 'a'}) CREATE (m:Odd {key: ''})", "told apart"),
        ("CREATE (n:`Od-d` {key: 'a'})", "'Od-d' cannot be the label"),
        ("CREATE (n:Odd {key: 'a', p: localdatetime('2024-01-01T00:00:00')})", "Odd a is a datetime"),
    ],
)  # fmt: skip
async def test_what_would_not_come_back_is_not_dumped(
    store: BoltStore, directory: Path, text: str, reason: str
) -> None:
    # given a graph that a load could not make again, and an older dump of it
    await emptied(store)
    await store.write([Statement(text)])
    (directory / "dump").write_text(json.dumps("older"))

    # when it is dumped
    with pytest.raises(UndumpableGraphError, match=reason):
        await dumped(store, directory / "dump")

    # then the older one is left as it is
    assert [path.name for path in directory.iterdir()] == ["dump"]
    assert (directory / "dump").read_text() == '"older"'
