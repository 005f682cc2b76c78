"""Nodes of two kinds can share a key; a list of both loses none of them between two pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest

from graph_api.engine.bolt import BoltStore
from tests.oracle.test_paging_laws import Json, PagedList, check_laws
from tests.toy.fixtures import Graph
from tests.toy.graph import DATA, fill

KEYS = ("lumen", "merlin", "nocturne")
MAKERS = PagedList('film(key: "dune") {', "makers", "FilmMakersOrder", (("share",), ("node", "name")), "}")
ORDERS: list[list[Json]] = [[], [{"share": "DESC"}], [{"node": {"name": "ASC"}}]]
ALL_TWICE = 'query { film(key: "dune") { makers { nodes { __typename key } } } }'


@pytest.fixture
async def twins(toy_graph: Graph, store: BoltStore, tmp_path: Path) -> Graph:
    """The toy graph with a person for each studio's key, and a film that all of them made."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    with (folder / "people.csv").open("a") as people:
        people.writelines(f"{key},Twin,,,,,true,catalogue\n" for key in KEYS)
    with (folder / "films.csv").open("a") as films:
        films.write("dune,Dune,,,,DRAMA,1984,,,,,,,,,,true,catalogue\n")
    with (folder / "made_by.csv").open("a") as made_by:
        for kind in ("Studio", "Person"):
            made_by.writelines(f"dune,{kind}:{key},0.1,true,catalogue\n" for key in KEYS)
    await fill(store, folder)
    return toy_graph


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 2, 3])
async def test_pages_of_nodes_that_share_keys(twins: Graph, order: list[Json], size: int) -> None:
    await check_laws(twins, MAKERS, order, size)


async def test_the_kind_ends_the_order(twins: Graph) -> None:
    film = cast("dict[str, dict[str, list[dict[str, str]]]]", (await twins.data(ALL_TWICE))["film"])

    nodes = [(node["key"], node["__typename"]) for node in film["makers"]["nodes"]]
    assert nodes == [(key, kind) for key in KEYS for kind in ("Person", "Studio")]
