"""``neighborhood``, ``paths`` and ``connect``: what is around something, and how things are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias, cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import Command, ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.exports.columns import label_of
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.fields.neighborhoods import DEFAULT_LENGTH, DEFAULT_NODES, DEFAULT_PATHS

_EDGE = "id relation source target label since until synthetic facts { name value } sources { key }"
_SUBGRAPH = f"{{ truncated totalNodes pieces nodes {{ depth degree entity {{ %s }} }} edges {{ {_EDGE} }} }}"
_AROUND = (
    "query ($keys: [String!]!, $depth: Int!, $kinds: [EntityKind!], $relations: [RelationKind!], "
    "$maxNodes: Int!, $asOf: Date) { neighborhood(keys: $keys, depth: $depth, kinds: $kinds, "
    f"relations: $relations, maxNodes: $maxNodes, asOf: $asOf) {_SUBGRAPH} }}"
)
_PATHS = (
    "query ($from: String!, $to: String!, $maxLength: Int!, $relations: [RelationKind!], $first: Int!, "
    "$asOf: Date) { paths(from: $from, to: $to, maxLength: $maxLength, relations: $relations, first: $first, "
    f"asOf: $asOf) {{ length nodes {{ %s }} edges {{ {_EDGE} }} }} }}"
)
_CONNECT = (
    "query ($keys: [String!]!, $maxLength: Int!, $relations: [RelationKind!], $asOf: Date) "
    f"{{ connect(keys: $keys, maxLength: $maxLength, relations: $relations, asOf: $asOf) {_SUBGRAPH} }}"
)
_NODES = ("depth", "kind", "key", "name", "degree")
_EDGES = (
    "source", "source_name", "relation", "target", "target_name", "label", "since", "until", "sources",
)  # fmt: skip
_LENGTH_TEXT = "How many edges a way between two has at most."
Json: TypeAlias = Mapping[str, object]
Named: TypeAlias = "dict[str, Json]"
"""Nodes by their global id."""
Option: TypeAlias = "str | tuple[str, ...] | Path | None"


def _asking(command: Command) -> Command:
    """The options of all three commands."""
    for option in (
        click.option("--as-of", help="Only edges that hold on this day, as 2024-05-31."),
        click.option("--relation", "relations", multiple=True, help="Only edges of this type, as MEMBER_OF."),
    ):
        command = option(command)
    return asking_options(command)


@click.command("neighborhood")
@click.argument("keys", nargs=-1, required=True)
@click.option("--depth", type=int, default=1, show_default=True, help="How many edges away.")
@click.option("--kind", "kinds", multiple=True, help="Only nodes of this kind, as EVENT.")
@click.option("--max-nodes", type=int, default=DEFAULT_NODES, show_default=True, help="So many at most.")
@click.option("--edges", is_flag=True, help="List the edges instead of the nodes.")
@_asking
def neighborhood_command(
    keys: tuple[str, ...],
    depth: int,
    kinds: tuple[str, ...],
    max_nodes: int,
    edges: bool,
    output: str,
    **given: Option,
) -> None:
    """List what is around nodes, given by KEY or Kind:KEY. JSON has nodes and edges."""
    variables = {"keys": keys, "depth": depth, "maxNodes": max_nodes, "kinds": kinds or None}
    data = _asked(_AROUND, variables, given)
    part = cast("Json", data["neighborhood"])
    columns, rows = (_EDGES, _edge_rows(part, _entities(part))) if edges else (_NODES, _node_rows(part))
    _print(data, columns, rows, output)
    if part["truncated"]:
        shown = f"{len(_list(part['nodes']))} of {part['totalNodes']} nodes"
        click.echo(f"{shown} and {len(_list(part['edges']))} edges are shown.", err=True)


@click.command("paths")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--max-length", type=int, default=DEFAULT_LENGTH, show_default=True, help=_LENGTH_TEXT)
@click.option("--first", type=int, default=DEFAULT_PATHS, show_default=True, help="How many paths.")
@_asking
def paths_command(start: str, end: str, max_length: int, first: int, output: str, **given: Option) -> None:
    """List the shortest paths between two nodes, with what the edges along them say and their sources."""
    variables = {"from": start, "to": end, "maxLength": max_length, "first": first}
    data = _asked(_PATHS, variables, given)
    paths = _list(data["paths"])
    rows = [
        {"path": number, **row}
        for number, path in enumerate(paths, 1)
        for row in _edge_rows(path, _named(_list(path["nodes"])))
    ]
    _print(data, ("path", *_EDGES), rows, output)
    if not paths:
        click.echo(f"No path of {max_length} edges or fewer joins them.", err=True)


@click.command("connect")
@click.argument("keys", nargs=-1, required=True)
@click.option("--max-length", type=int, default=DEFAULT_LENGTH, show_default=True, help=_LENGTH_TEXT)
@_asking
def connect_command(keys: tuple[str, ...], max_length: int, output: str, **given: Option) -> None:
    """List the edges of a small part of the graph that joins several nodes. JSON has its nodes too."""
    data = _asked(_CONNECT, {"keys": keys, "maxLength": max_length}, given)
    part = cast("Json", data["connect"])
    _print(data, _EDGES, _edge_rows(part, _entities(part)), output)
    if cast(int, part["pieces"]) > 1:
        click.echo(f"They fall into {part['pieces']} pieces that no path joins.", err=True)


def _print(data: Json, columns: Sequence[str], rows: Sequence[Json], output: str) -> None:
    if output == RowFormat.JSON:
        print_answer(data, RowFormat.JSON)
    else:
        print_rows(columns, rows, RowFormat(output))


def _asked(document: str, variables: Json, given: Mapping[str, Option]) -> Json:
    settings = settings_given(given)
    ontology = imported(settings.ontology, Ontology)
    root = ontology.node(ontology.root)
    node = f"kind: __typename id key: {root.key.field} name: {label_of(root).field}"
    asked = {**variables, "relations": given["relations"] or None, "asOf": given["as_of"]}
    return ask(settings, document % node, asked, given)


def _list(value: object) -> list[Json]:
    return cast("list[Json]", value)


def _entities(part: Json) -> Named:
    return _named(cast("Json", each["entity"]) for each in _list(part["nodes"]))


def _named(nodes: Iterable[Json]) -> Named:
    return {str(node["id"]): node for node in nodes}


def _node_rows(part: Json) -> list[Json]:
    return [
        {**cast("Json", each["entity"]), "depth": each["depth"], "degree": each["degree"]}
        for each in _list(part["nodes"])
    ]


def _edge_rows(part: Json, named: Named) -> list[Json]:
    return [
        {
            **edge,
            **_end("source", named[str(edge["source"])]),
            **_end("target", named[str(edge["target"])]),
            "sources": [each["key"] for each in _list(edge["sources"])],
        }
        for edge in _list(part["edges"])
    ]


def _end(side: str, node: Json) -> Json:
    return {side: f"{node['kind']}:{node['key']}", f"{side}_name": node["name"]}
