"""The root fields ``neighborhood``, ``paths`` and ``connect``: what is around nodes, how they are joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from types import GenericAlias
from typing import Annotated, TypeAlias, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types import Info
from strawberry.types.base import StrawberryObjectDefinition

from graph_api.api_types.scalars import Day
from graph_api.ontology.model import Ontology
from graph_api.serve.fields.neighborhood_answers import (
    MOST_DEPTH,
    MOST_ENDS,
    MOST_LENGTH,
    MOST_NODES,
    MOST_PATHS,
    MOST_STARTS,
    Looked,
    connection_of,
    neighborhood_of,
    paths_of,
)
from graph_api.serve.fields.neighborhood_types import NeighborhoodTypes, neighborhood_types

DEFAULT_NODES, DEFAULT_LENGTH, DEFAULT_PATHS = 300, 6, 5
Context: TypeAlias = "dict[str, object]"
Members: TypeAlias = "list[str] | None"
"""Members of a vocabulary that is made of the ontology; ``_typed`` puts its type in this one's place."""


def _told(text: str, name: str | None = None) -> object:
    return strawberry.argument(description=text, name=name)


Starts: TypeAlias = Annotated[
    list[str], _told(f"The keys of the nodes in the middle, or `Kind:KEY`; {MOST_STARTS} at most.")
]
Ends: TypeAlias = Annotated[
    list[str], _told(f"The keys of the nodes to join, or `Kind:KEY`; from 2 to {MOST_ENDS}.")
]
From: TypeAlias = Annotated[str, _told("The key of the node where the paths begin, or `Kind:KEY`.", "from")]
To: TypeAlias = Annotated[str, _told("The key of the node where they end, or `Kind:KEY`.")]
Depth: TypeAlias = Annotated[int, _told(f"How many edges away from them, from 1 to {MOST_DEPTH}.")]
Kinds: TypeAlias = Annotated[
    Members, _told("Only nodes of these kinds, beside those asked for; without it, of every kind.")
]
Relations: TypeAlias = Annotated[Members, _told("Only edges of these types; without it, of every type.")]
MaxNodes: TypeAlias = Annotated[int, _told(f"How many nodes at most, from 1 to {MOST_NODES}.")]
MaxLength: TypeAlias = Annotated[
    int, _told(f"How many edges a way between two nodes has at most, from 1 to {MOST_LENGTH}.")
]
First: TypeAlias = Annotated[int, _told(f"How many paths, up to {MOST_PATHS}.")]
AsOf: TypeAlias = Annotated["Day | None", _told("Only edges that hold, or may hold, on this day.")]

_AROUND = (
    "What is around nodes, layer by layer. Where `maxNodes` cuts a layer, every node of the layer before "
    "gives one neighbour in each turn: those that rest on more sources first, then those with fewer edges, "
    "then by kind and key. Changes and sources are no neighbours of what they are about."
)
_PATHS = (
    "The shortest paths between two nodes, each through other nodes. Of the same length, those come first "
    "whose inner nodes have fewer edges, then by kind and key. An empty list says that there is none of "
    "`maxLength` or shorter."
)
_CONNECT = (
    "How several nodes are joined: along the shortest paths between them, the shortest first, chosen as by "
    "`paths`, with fewer than twice the steps of the smallest part of the graph that joins them. Nodes "
    "between which there is no path of `maxLength` or shorter are in different `pieces`."
)


def neighborhood_queries(ontology: Ontology, kind: type[Enum], relation: type[Enum]) -> tuple[type, ...]:
    """The types with the root fields; the enums are those of the kinds and of the types of edges."""
    types = neighborhood_types(ontology, kind, relation)
    queries = (_around(types), _ways(types), _joining(types))
    for query in queries:
        _typed(query, {"kinds": types.kind, "relations": types.relation})
    return queries


def _around(types: NeighborhoodTypes) -> type:
    @strawberry.type
    class AroundQuery:
        @strawberry.field(graphql_type=types.subgraph, description=_AROUND)  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def neighborhood(
            self,
            info: Info[Context, None],
            keys: Starts,
            depth: Depth = 1,
            kinds: Kinds = strawberry.UNSET,
            relations: Relations = strawberry.UNSET,
            max_nodes: MaxNodes = DEFAULT_NODES,
            as_of: AsOf = strawberry.UNSET,
        ) -> object:
            looked = _looked(relations, as_of)
            found = await neighborhood_of(
                info.context, keys, looked, depth=depth, kinds=_members(kinds), most=max_nodes
            )
            return types.subgraph(drawn=found)

    return AroundQuery


def _ways(types: NeighborhoodTypes) -> type:
    @strawberry.type
    class WaysQuery:
        @strawberry.field(graphql_type=list[types.path], description=_PATHS)  # type: ignore[untyped-decorator,name-defined]  # made at run time
        async def paths(
            self,
            info: Info[Context, None],
            start: From,
            to: To,
            max_length: MaxLength = DEFAULT_LENGTH,
            relations: Relations = strawberry.UNSET,
            first: First = DEFAULT_PATHS,
            as_of: AsOf = strawberry.UNSET,
        ) -> object:
            looked = _looked(relations, as_of)
            found = await paths_of(info.context, start, to, looked, longest=max_length, first=first)
            return [types.path(walked=each) for each in found]

    return WaysQuery


def _joining(types: NeighborhoodTypes) -> type:
    @strawberry.type
    class JoiningQuery:
        @strawberry.field(graphql_type=types.subgraph, description=_CONNECT)  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def connect(
            self,
            info: Info[Context, None],
            keys: Ends,
            max_length: MaxLength = DEFAULT_LENGTH,
            relations: Relations = strawberry.UNSET,
            as_of: AsOf = strawberry.UNSET,
        ) -> object:
            found = await connection_of(info.context, keys, _looked(relations, as_of), longest=max_length)
            return types.subgraph(drawn=found)

    return JoiningQuery


def _typed(query: type, vocabularies: Mapping[str, type[Enum]]) -> None:
    """Give the arguments of these names their vocabularies, which annotations cannot name."""
    definition: StrawberryObjectDefinition = query.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for field in definition.fields:
        for argument in field.arguments:
            if argument.python_name in vocabularies:
                members = GenericAlias(list, (vocabularies[argument.python_name],))
                argument.type_annotation = StrawberryAnnotation(members | None)


def _looked(relations: Members, day: Day | None) -> Looked:
    given = None if day is strawberry.UNSET else cast("date | None", day)
    return Looked(_members(relations), given.isoformat() if given else None)


def _members(given: Members) -> frozenset[str] | None:
    """The values of the members that were given; nothing where the argument was left out."""
    if given is None or given is strawberry.UNSET:
        return None
    return frozenset(str(each.value) for each in cast("Sequence[Enum]", given))
