"""Answers of whole operations: graphql-core executes them over the plain graph."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cmp_to_key
from typing import cast

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
)

from graph_api.ontology.model import NodeType, Ontology, Relation
from tests.oracle.conditions import Conditions, Day, Where
from tests.oracle.graph import PlainGraph, PlainNode, Stored
from tests.oracle.orders import Cut, Element, Orders, Place, Row, cut

Json = dict[str, object]
CURSOR = "oracle cursor "


@dataclass(frozen=True, slots=True)
class Seen:
    """A node, seen as of a day."""

    node: PlainNode
    day: Day


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row of a page, seen as of a day."""

    row: Row
    cursor: str
    relation: Relation | None
    day: Day


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page, and the number of rows on all pages."""

    cut: Cut
    rows: list[SeenRow]
    total: int


@dataclass(slots=True)
class Oracle:
    """Answers operations over a plain graph. Its cursors are its own: see ``CURSOR``."""

    ontology: Ontology
    sdl: str
    graph: PlainGraph
    places: list[Place] = field(default_factory=list)
    schema: GraphQLSchema = field(init=False)
    conditions: Conditions = field(init=False)
    orders: Orders = field(init=False)

    def __post_init__(self) -> None:
        self.schema = build_schema(self.sdl)
        self.conditions = Conditions(self.ontology, self.graph)
        self.orders = Orders(self.conditions)
        for type_ in self.schema.type_map.values():
            if isinstance(type_, GraphQLInterfaceType):
                type_.resolve_type = _kind_of
            elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
                for each in type_.fields.values():
                    each.resolve = self._resolve

    def answer(self, query: str, variables: Mapping[str, object] | None = None) -> Json:
        """The data of the answer; raises the first error of an operation that has one."""
        result = execute_sync(self.schema, parse(query), variable_values=dict(variables or {}))
        for error in result.errors or ():
            raise error
        return cast(Json, result.data)

    def _resolve(self, source: object, info: GraphQLResolveInfo[object], **arguments: object) -> object:
        name = info.field_name
        match source:
            case Seen():
                return self._of_node(source, name, arguments)
            case SeenRow():
                return self._of_row(source, name)
            case SeenPage():
                return _of_page(source, name)
            case dict():
                return source[name]
            case _:
                return self._root(name, arguments)

    def _root(self, name: str, arguments: Mapping[str, object]) -> object:
        day = _day(arguments)
        if name == "node":
            return self._by_id(cast(str, arguments["id"]), day)
        if name == "nodes":
            return [self._by_id(each, day) for each in cast("list[str]", arguments["ids"])]
        root = self.ontology.node(self.ontology.root)
        if name == root.field:
            return self._by_key(root, cast(str, arguments["key"]), day)
        kind = next(each for each in self.ontology.kinds() if name in (each.field, each.plural))
        if name == kind.field:
            return self._by_key(kind, cast(str, arguments["key"]), day)
        rows: list[Row] = [(None, node) for node in self.graph.of_kinds(kind.concrete)]
        kept = [row for row in rows if self.conditions.node(kind, _where(arguments), row[1], day)]
        return self._page(kept, arguments, kind, None, day)

    def _by_id(self, text: str, day: Day) -> Seen | None:
        found = (node for node in self.graph.nodes.values() if _global_id(node) == text)
        return next((Seen(node, day) for node in found), None)

    def _by_key(self, kind: NodeType, key: str, day: Day) -> Seen | None:
        name, _, rest = key.partition(":")
        if kind.name == self.ontology.root and rest and name in self.ontology.nodes:
            kind, key = self.ontology.node(name), rest
        found = [node for node in self.graph.of_kinds(kind.concrete) if node.key == key]
        assert len(found) < 2, f"{key} is ambiguous"
        return Seen(found[0], day) if found else None

    def _of_node(self, seen: Seen, name: str, arguments: Mapping[str, object]) -> object:
        kind, stored = self.ontology.node(seen.node.kind), seen.node.stored
        if name == "id":
            return _global_id(seen.node)
        for relation in kind.relations:
            if name == relation.end.field:
                return self._relation(relation, seen, arguments)
        for found in kind.derived:
            if name == found.field:
                return _plain(found.compute(*(stored.get(read.name) for read in found.reads)))
        if name == "sources":
            return self._sources(stored, seen.day)
        prop = next(each for each in kind.properties if each.field == name)
        language = arguments.get("language")
        localized = stored.get(f"{prop.name}_{cast(str, language).lower()}") if language else None
        return localized if localized is not None else _plain(stored.get(prop.name))

    def _relation(self, relation: Relation, seen: Seen, arguments: Mapping[str, object]) -> object:
        rows = self.conditions.rows(seen.node, relation, seen.day)
        if not relation.many:
            return Seen(rows[0][1], seen.day) if rows else None
        kept = [row for row in rows if self.conditions.edge(relation, _where(arguments), *row, seen.day)]
        return self._page(kept, arguments, self.ontology.node(relation.target), relation, seen.day)

    def _sources(self, stored: Stored, day: Day) -> list[Seen]:
        keys = cast("list[str]", stored["sources"])
        return [Seen(self.graph.nodes[self.ontology.source_kind, key], day) for key in sorted(keys)]

    def _of_row(self, seen: SeenRow, name: str) -> object:
        edge, node = seen.row
        if name == "node":
            return Seen(node, seen.day)
        if name == "cursor":
            return seen.cursor
        assert edge is not None, f"a row without an edge has no {name}"
        assert seen.relation is not None
        if name == "sources":
            return self._sources(edge.stored, seen.day)
        prop = next(each for each in seen.relation.edge.properties if each.field == name)
        return _plain(edge.stored.get(prop.name))

    def _page(
        self,
        rows: list[Row],
        arguments: Mapping[str, object],
        kind: NodeType,
        relation: Relation | None,
        day: Day,
    ) -> SeenPage:
        elements = cast("list[Element]", arguments.get("orderBy") or [])
        placed = [(self.orders.place(row, elements, kind, relation, day), row) for row in rows]
        placed.sort(key=_BY_PLACE)
        first, last = cast("list[int | None]", [arguments.get("first"), arguments.get("last")])
        after, before = (self._place(arguments.get(name)) for name in ("after", "before"))
        page = cut(placed, first, after, last, before)
        shown = [
            SeenRow(row, self._cursor(place), relation, day)
            for row, place in zip(page.rows, page.places, strict=True)
        ]
        return SeenPage(page, shown, len(rows))

    def _cursor(self, place: Place) -> str:
        self.places.append(place)
        return f"{CURSOR}{len(self.places) - 1}"

    def _place(self, cursor: object) -> Place | None:
        return self.places[int(cast(str, cursor).removeprefix(CURSOR))] if cursor is not None else None


def _compared(one: tuple[Place, Row], other: tuple[Place, Row]) -> int:
    return -1 if one[0].precedes(other[0]) else 1


_BY_PLACE = cmp_to_key(_compared)


def _of_page(page: SeenPage, name: str) -> object:
    cursors = [row.cursor for row in page.rows]
    parts: dict[str, Callable[[], object]] = {
        "edges": lambda: page.rows,
        "nodes": lambda: [Seen(row.row[1], row.day) for row in page.rows],
        "totalCount": lambda: page.total,
        "pageInfo": lambda: {
            "hasNextPage": page.cut.has_next,
            "hasPreviousPage": page.cut.has_previous,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }
    return parts[name]()


def _kind_of(seen: object, _info: object, _type: object) -> str:
    return cast(Seen, seen).node.kind


def _where(arguments: Mapping[str, object]) -> Where | None:
    return cast("Where | None", arguments.get("where"))


def _day(arguments: Mapping[str, object]) -> Day:
    text = arguments.get("asOf")
    return date.fromisoformat(cast(str, text)) if text is not None else None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _global_id(node: PlainNode) -> str:
    return urlsafe_b64encode(f"{node.kind}:{node.key}".encode()).decode().rstrip("=")
