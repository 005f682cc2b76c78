"""``net4u load``: rows into the graph, or a line that says why not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.embedded import EmbeddedStore
from tests.programs import Outcome, Server, net4u
from tests.questions.by_hand import BY_HAND

SET_ASIDE = "Not loaded: reference/countries.csv:220, m49: set aside: "


@pytest.fixture(scope="module")
def real_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the real facts alone."""
    directory = tmp_path_factory.mktemp("real") / "data"
    loaded = net4u("load", "--without-demo", "--data", directory)

    assert (loaded.code, loaded.out) == (0, "")
    assert " 0 unchanged." in loaded.err
    [left_out] = [line for line in loaded.err.splitlines() if "Not loaded" in line]
    assert left_out.startswith(SET_ASIDE)
    return directory


@dataclass(frozen=True, slots=True)
class Graph:
    """What is in the directory in the end, and what the load of broken seeds into it said."""

    rejected: Outcome
    store: EmbeddedStore

    async def one(self, text: str) -> object:
        """The one value that a statement gives."""
        [[value]] = await self.store.read(Statement(text))
        return value


@pytest.fixture(scope="module")
async def graph(real_directory: Path) -> AsyncIterator[Graph]:
    rejected = net4u("load", "--data", real_directory, settings={"NET4U_SEEDS": "tests.cli.broken:catalogue"})
    store = await EmbeddedStore.start(real_directory)
    yield Graph(rejected, store)
    await store.close()


def test_loading_again_takes_no_file_again(real_directory: Path) -> None:
    loaded = net4u("load", "--without-demo", "--data", real_directory)

    assert loaded.code == 0
    assert "Seeds: 0 files with 0 rows loaded" in loaded.err
    assert SET_ASIDE in loaded.err


def test_asking_opens_the_store_where_no_server_runs(real_directory: Path) -> None:
    asked = net4u(
        "ask", "review-focal-points", "--region", "PAN", "--format", "json", "--without-demo",
        "--data", real_directory,
    )  # fmt: skip

    assert (asked.code, asked.err.strip()) == (0, "")
    assert json.loads(asked.out) == BY_HAND["review-focal-points"]("PAN")


async def test_without_the_demonstration_nothing_is_synthetic(graph: Graph) -> None:
    assert await graph.one("MATCH (n) WHERE n.synthetic RETURN count(n)") == 0
    assert await graph.one("MATCH ()-[r]->() WHERE r.synthetic RETURN count(r)") == 0
    assert await graph.one("MATCH (n) WHERE n.name STARTS WITH 'Demo ' RETURN count(n)") == 0
    assert await graph.one("MATCH (n:Organization) RETURN count(n)") == 38
    assert await graph.one("MATCH (n:Event) RETURN count(n)") == 56


def test_a_broken_row_is_named(graph: Graph) -> None:
    assert (graph.rejected.code, graph.rejected.out) == (65, "")
    assert "Traceback" not in graph.rejected.err
    *_, last = graph.rejected.err.splitlines()
    assert last.startswith("REJECTED_FILE: 1 of 2 files are rejected, nothing of them is loaded: ")
    assert "organizations.csv:3, founded: " in last
    assert "'2009-13'" in last


async def test_nothing_of_a_file_with_a_broken_row_is_loaded(graph: Graph) -> None:
    assert await graph.one("MATCH (n:Organization) WHERE n.key STARTS WITH 'TEST-' RETURN count(n)") == 0
    assert await graph.one("MATCH (n:Source {key: 'TEST-SOURCE'}) RETURN count(n)") == 1


def test_a_directory_that_a_server_uses(service: Server, seeded_directory: Path) -> None:
    refused = net4u("load", "--data", seeded_directory)

    assert (refused.code, refused.out) == (75, "")
    assert refused.error.startswith("DATA_DIRECTORY_IN_USE: ")
    assert f"{seeded_directory} is in use by process {service.process.pid}." in refused.error
