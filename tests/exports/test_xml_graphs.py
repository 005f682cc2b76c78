"""GEXF and GraphML, read by networkx and igraph, which open what Gephi opens."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import igraph
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.exports.facts import Format
from graph_api.exports.graphs import EDGE_TYPE, NODE_TYPE, Attributes, GraphExport, NodeRow
from graph_api.exports.write import written
from graph_api.exports.xml_graphs import gexf, graphml
from graph_api.serve.operations.export_requests import RuntimeReader
from tests.exports.made import graph
from tests.exports.readers import exported, file_of, toy_reader
from tests.toy.fixtures import Graph

FULL: Attributes = {
    NODE_TYPE: "Film", "text": 'a <b> & "c"\nd', "whole": 2**40, "number": 0.1, "truth": True,
    "date": "2024-05", "list": ["x", "y"],
}  # fmt: skip
PLAYED: Attributes = {EDGE_TYPE: "ActedIn", "whole": 1, "truth": False}
NODES: list[NodeRow] = [("Film:a", "Über <a>", FULL), ("Film:b", "B", {NODE_TYPE: "Film", "text": None})]
EDGES = [
    ("0", "Film:a", "Film:b", PLAYED),
    ("1", "Film:a", "Film:b", PLAYED),
    ("2", "Film:b", "Film:b", PLAYED),
]
NAMES = {"gexf": "{http://gexf.net/1.3}", "graphml": "{http://graphml.graphdrawing.org/xmlns}"}


@pytest.fixture
def made() -> GraphExport:
    return graph(NODES, EDGES)


def test_gexf_is_read_by_networkx(made: GraphExport) -> None:
    found = networkx.read_gexf(io.BytesIO(b"".join(gexf(made))))

    assert found.is_directed()
    assert found.is_multigraph()
    assert found.nodes["Film:a"] == {
        "label": "Über <a>", "node_type": "Film", "text": 'a <b> & "c"\nd', "whole": 2**40, "number": 0.1,
        "truth": True, "date": "2024-05", "list": "x ; y",
    }  # fmt: skip
    assert found.nodes["Film:b"] == {"label": "B", "node_type": "Film"}
    assert found.number_of_edges("Film:a", "Film:b") == 2
    assert found.number_of_edges("Film:b", "Film:b") == 1
    assert {(data["edge_type"], data["whole"], data["truth"]) for *_, data in found.edges(data=True)} == {
        ("ActedIn", 1, False)
    }
    made.close()


def test_graphml_is_read_by_networkx(made: GraphExport) -> None:
    found = networkx.read_graphml(io.BytesIO(b"".join(graphml(made))), force_multigraph=True)

    assert found.nodes["Film:a"]["whole"] == 2**40
    assert found.nodes["Film:a"]["truth"] is True
    assert found.nodes["Film:a"]["text"] == 'a <b> & "c"\nd'
    assert found.nodes["Film:a"]["label"] == "Über <a>"
    assert found.number_of_edges() == 3
    made.close()


def test_graphml_is_read_by_igraph(made: GraphExport, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    path.write_bytes(b"".join(graphml(made)))
    found = igraph.Graph.Read_GraphML(str(path))

    assert (found.vcount(), found.ecount(), found.is_directed()) == (2, 3, True)
    assert found.vs[0]["number"] == 0.1
    assert found.vs[0]["truth"] is True
    assert found.vs["label"] == ["Über <a>", "B"]
    assert found["graph_version"] == 7
    assert found["filters"] == '{"where":{"genre":{"eq":"DRAMA"}}}'
    made.close()


def test_gexf_describes_itself(made: GraphExport) -> None:
    root = ET.fromstring(b"".join(gexf(made)))  # what was just written
    description = root.findtext(f"{NAMES['gexf']}meta/{NAMES['gexf']}description") or ""

    assert root.attrib == {"version": "1.3"}
    for fact in (
        "graph_version: 7",
        "as_of: 1990-01-01",
        "synthetic: 1",
        "nodes: 2",
        "edges: 3",
        "role: PUBLIC",
    ):
        assert fact in description
    made.close()


@given(st.text(max_size=20))
def test_any_text_makes_a_document(text: str) -> None:
    text = text.encode(errors="replace").decode()
    made = graph([("Film:a", text, {NODE_TYPE: "Film", "text": text})], [])
    try:
        for document in (gexf(made), graphml(made)):
            root = ET.fromstring(b"".join(document))
            assert root.tag.endswith(("gexf", "graphml"))
    finally:
        made.close()


@pytest.fixture
def reader(toy: Graph) -> RuntimeReader:
    return toy_reader(toy)


async def test_a_part_of_the_graph_holds_all_edges_between_its_nodes(reader: RuntimeReader) -> None:
    # given films and people
    given_ = {"kinds": "films,people"}
    document = await file_of(reader, "graph", Format.GEXF, given_)
    found = networkx.read_gexf(io.BytesIO(document))

    # then the edges are those that the API tells
    data = await reader.ask(
        "{ people(first: 100) { nodes { key roles(first: 100) { edges { billing node { key } } } } } "
        "films(first: 100) { totalCount nodes { key original { key } } } }",
        {},
    )
    roles = [
        (f"Person:{person['key']}", f"Film:{edge['node']['key']}", edge["billing"])
        for person in data["people"]["nodes"]  # type: ignore[index]
        for edge in person["roles"]["edges"]
    ]
    remakes = [
        (f"Film:{film['key']}", f"Film:{film['original']['key']}", None)
        for film in data["films"]["nodes"]  # type: ignore[index]
        if film["original"]
    ]
    edges = [(one, two, values.get("billing")) for one, two, values in found.edges(data=True)]
    types = {"ActedIn", "RemakeOf"}
    shown = [
        each
        for each, (*_, values) in zip(edges, found.edges(data=True), strict=True)
        if values["edge_type"] in types
    ]
    assert sorted(map(str, shown)) == sorted(map(str, [*roles, *remakes]))
    assert {values["node_type"] for _, values in found.nodes(data=True)} == {"Film", "Person"}
    assert all(values["synthetic"] is True for _, values in found.nodes(data=True))


async def test_filters_keys_and_relations_cut_the_graph(reader: RuntimeReader) -> None:
    given_ = {
        "kinds": "films,people", "relations": "ActedIn",
        "where": '{"films": {"genre": {"eq": "DRAMA"}}}', "keys": "Film:alba,Film:brook,ada",
    }  # fmt: skip
    async with exported(reader, "graph", given_, Format.GRAPHML) as found:
        assert isinstance(found, GraphExport)
        nodes = [node[0] for node in found.nodes]
        edges = [(edge[1], edge[2], edge[3]["edge_type"]) for edge in found.edges]

    assert nodes == ["Film:alba", "Person:ada"]
    assert edges == [("Person:ada", "Film:alba", "ActedIn")] * 2


async def test_edges_are_those_of_the_day(reader: RuntimeReader) -> None:
    counts = []
    for given_ in ({}, {"asOf": "1900-01-01"}):
        async with exported(reader, "graph", {"relations": "WorkedFor", **given_}, Format.GEXF) as found:
            counts.append(found.facts.edges)
    assert counts[0]
    assert counts[1] is not None
    assert counts[1] < counts[0]


@pytest.mark.parametrize("form", [Format.GEXF, Format.GRAPHML, Format.JSONL])
async def test_the_whole_graph_is_exported(reader: RuntimeReader, form: Format) -> None:
    async with exported(reader, "graph", {}, form) as found:
        blocks = b"".join(written(found, form))
        assert isinstance(found, GraphExport)
        assert found.facts.rows == found.nodes.count > 20
        assert found.facts.edges == found.edges.count > 20
        assert blocks.count(b'"node_type"') if form is Format.JSONL else blocks.startswith(b"<?xml")


async def test_a_list_is_a_graph_too(reader: RuntimeReader) -> None:
    async with exported(reader, "films", {"where": '{"genre": {"eq": "COMEDY"}}'}, Format.GEXF) as found:
        assert isinstance(found, GraphExport)
        edges = [(edge[1], edge[2]) for edge in found.edges]
    assert ("Film:brook2", "Film:brook") in edges
