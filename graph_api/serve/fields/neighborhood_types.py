"""The GraphQL types of neighbourhoods and paths, made for an ontology."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from types import GenericAlias
from typing import TypeAlias

import strawberry
from strawberry.types import Info

from graph_api.api_types import generated_type
from graph_api.api_types.scalars import PartialDay
from graph_api.neighborhoods.graph import Graph, Link, NodeId
from graph_api.ontology.model import Ontology
from graph_api.plan.entities import EntityRef
from graph_api.plan.global_id import encode_id
from graph_api.serve.execution.entities import entities, entity
from graph_api.serve.fields.neighborhood_answers import Drawn, Walked

Context: TypeAlias = "dict[str, object]"


@strawberry.type(name="EdgeFact", description="One thing that an edge says, beside its time and its sources.")
class EdgeFact:
    """One thing that an edge says."""

    name: str = strawberry.field(description="Which property it is, by the name of its field.")
    value: str = strawberry.field(description="What it is, as a text.")


@dataclass(frozen=True, slots=True)
class NeighborhoodTypes:
    """The types that depend on the ontology."""

    kind: type[Enum]
    relation: type[Enum]
    subgraph: type
    path: type


def neighborhood_types(ontology: Ontology, kind: type[Enum], relation: type[Enum]) -> NeighborhoodTypes:
    """Make the types; the values of ``kind`` are names of kinds, those of ``relation`` types of edges."""
    edge = _edge_type(ontology, relation)
    return NeighborhoodTypes(
        kind, relation, _subgraph_type(_node_type(ontology), edge), _path_type(ontology, edge)
    )


def _global_id(node: NodeId) -> strawberry.ID:
    return strawberry.ID(encode_id(*node))


def _refs(nodes: Iterable[NodeId]) -> list[EntityRef]:
    return [EntityRef(*node) for node in nodes]


def _node_type(ontology: Ontology) -> type:
    @strawberry.type(name="SubgraphNode", description="A node of a part of the graph.")
    class SubgraphNode:
        node: strawberry.Private[NodeId]
        depth: int = strawberry.field(
            description="How many edges lie between it and the nearest of those asked for."
        )
        degree: int = strawberry.field(
            description="How many edges it has in the whole graph, shown here or not: of the relations and "
            "on the day asked for, and as far as you may see them."
        )

        @strawberry.field(graphql_type=generated_type(ontology.root), description="What the node is.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def entity(self, info: Info[Context, None]) -> object:
            return await entity(info, EntityRef(*self.node))

    return SubgraphNode


@strawberry.type
class _Said:
    """What every edge says of itself, whatever the ontology."""

    graph: strawberry.Private[Graph]
    link: strawberry.Private[Link]

    @strawberry.field(description="Tells the edge from every other one.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def id(self) -> strawberry.ID:
        ends = (":".join(self.graph.nodes[end]) for end in (self.link.source, self.link.target))
        return strawberry.ID(encode_id(self.link.relation, "|".join((*ends, self.link.key))))

    @strawberry.field(description="The `id` of the node that it comes from.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def source(self) -> strawberry.ID:
        return _global_id(self.graph.nodes[self.link.source])

    @strawberry.field(description="The `id` of the node that it leads to.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def target(self) -> strawberry.ID:
        return _global_id(self.graph.nodes[self.link.target])

    @strawberry.field(description="What it says in short: its facts that are members of a vocabulary.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def label(self) -> str | None:
        return self.link.label

    @strawberry.field(description="What it says beside its time and its sources, as far as you may see it.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def facts(self) -> list[EdgeFact]:
        return [EdgeFact(name=name, value=value) for name, value in self.link.facts]

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        graphql_type=PartialDay | None, description="Since when it holds, where that is known."
    )
    def since(self) -> object:
        return self.link.since

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        graphql_type=PartialDay | None, description="Until when it holds; nothing when no end is known."
    )
    def until(self) -> object:
        return self.link.until

    @strawberry.field(description="Whether it was made up for demonstration.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def synthetic(self) -> bool:
        return self.link.synthetic


def _edge_type(ontology: Ontology, relation_kind: type[Enum]) -> type:
    sources_type = GenericAlias(list, (generated_type(ontology.source_kind),))

    @strawberry.type(name="SubgraphEdge", description="An edge of a part of the graph, with what it says.")
    class SubgraphEdge(_Said):
        @strawberry.field(graphql_type=relation_kind, description="The type of the edge.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def relation(self) -> object:
            return relation_kind(self.link.relation)

        @strawberry.field(graphql_type=sources_type, description="What says so.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def sources(self, info: Info[Context, None]) -> object:
            found = await entities(info, [EntityRef(ontology.source_kind, key) for key in self.link.sources])
            return [each for each in found if each is not None]

    return SubgraphEdge


def _subgraph_type(node_type: type, edge_type: type) -> type:
    @strawberry.type(name="Subgraph", description="A part of the graph, flat, for drawing.")
    class Subgraph:
        drawn: strawberry.Private[Drawn]

        @strawberry.field(graphql_type=list[node_type], description="The nodes, the nearest first.")  # type: ignore[untyped-decorator,valid-type]  # made at run time
        def nodes(self) -> object:
            view = self.drawn.view
            return [
                node_type(node=view.graph.nodes[node], depth=depth, degree=view.degree(node))
                for node, depth in self.drawn.part.depths.items()
            ]

        @strawberry.field(graphql_type=list[edge_type], description="The edges between these nodes.")  # type: ignore[untyped-decorator,valid-type]  # made at run time
        def edges(self) -> object:
            graph = self.drawn.view.graph
            return [edge_type(graph=graph, link=link) for link in self.drawn.part.links]

        @strawberry.field(description="Whether anything was left out because it would be too much.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def truncated(self) -> bool:
            return self.drawn.part.truncated

        @strawberry.field(description="How many nodes there are, those that were left out included.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def total_nodes(self) -> int:
            return self.drawn.part.within

        @strawberry.field(description="Into how many pieces it falls, with no edge between them.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def pieces(self) -> int:
            return self.drawn.part.pieces()

    return Subgraph


def _path_type(ontology: Ontology, edge_type: type) -> type:
    nodes_type = GenericAlias(list, (generated_type(ontology.root),))

    @strawberry.type(name="Path", description="A way from one node to another, along edges in any direction.")
    class Path:
        walked: strawberry.Private[Walked]

        @strawberry.field(description="How many steps it has.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def length(self) -> int:
            return self.walked.way.length

        @strawberry.field(graphql_type=nodes_type, description="The nodes along it, both ends included.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def nodes(self, info: Info[Context, None]) -> object:
            return await entities(info, _refs(self.walked.nodes))

        @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
            graphql_type=list[edge_type],  # type: ignore[valid-type]  # made at run time
            description="The edges along it in its order: all that join each two of its nodes.",
        )
        def edges(self) -> object:
            graph = self.walked.view.graph
            return [edge_type(graph=graph, link=link) for link in self.walked.links]

    return Path
