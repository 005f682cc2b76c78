"""A part of the graph: nodes of some kinds, and all edges of some relations between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from graph_api.changes.version import GraphVersion
from graph_api.errors import InvalidArgumentError
from graph_api.exports.answers import Cell
from graph_api.exports.columns import ALWAYS, NESTED, CellType, Columns, label_of, merged, rendered
from graph_api.exports.facts import Facts, now
from graph_api.exports.pages import check_rows, count_of, nodes_of_list, rest_of
from graph_api.exports.reading import Json, Reader, of_one_version
from graph_api.exports.spool import Spool
from graph_api.ontology import Ontology
from graph_api.ontology.model import Direction, NodeType, Property, Relation, ScalarType

_TYPES: Final = {
    ScalarType.INT: CellType.WHOLE,
    ScalarType.FLOAT: CellType.NUMBER,
    ScalarType.BOOLEAN: CellType.BOOLEAN,
    ScalarType.STRINGS: CellType.LIST,
}
NODE_TYPE: Final = "node_type"
"""The attribute of a node that names its kind; not ``kind``, which kinds may have as a property."""
EDGE_TYPE: Final = "edge_type"
"""The attribute of an edge that names its type."""
Attributes: TypeAlias = dict[str, Cell]
NodeRow: TypeAlias = tuple[str, str, Attributes]
"""Its id (``Kind:KEY``), its label, its attributes."""
EdgeRow: TypeAlias = tuple[str, str, str, Attributes]
"""Its id, the ids of its ends, its attributes."""


@dataclass(frozen=True, slots=True)
class GraphRequest:
    """Which part: kinds, a filter for any of them by its plural, keys, edge types; ``most`` bounds nodes and
    edges. Without ``edges`` all types between the kinds."""

    kinds: Sequence[NodeType]
    where: Mapping[str, Json]
    keys: Sequence[str] = ()
    edges: Sequence[str] | None = None
    as_of: str | None = None
    most: int | None = None

    def variables(self, kind: NodeType) -> dict[str, object]:
        """The variables of the question for the nodes of a kind."""
        given = self.where.get(kind.plural)
        conditions: list[object] = [given] if given else []
        if self.keys:
            named = [key.removeprefix(f"{kind.name}:") for key in self.keys if self._may_be(kind, key)]
            conditions.append({"key": {"in": named}})
        found: dict[str, object] = {"where": {"and": conditions}} if conditions else {}
        return found | ({"asOf": self.as_of} if self.as_of else {})

    @staticmethod
    def _may_be(kind: NodeType, key: str) -> bool:
        return ":" not in key or key.startswith(f"{kind.name}:")


@dataclass(frozen=True, slots=True)
class GraphExport:
    """Nodes and edges, the types of their attributes, and what they are. ``close`` gives the disk back."""

    facts: Facts
    node_types: Mapping[str, CellType]
    edge_types: Mapping[str, CellType]
    nodes: Spool[NodeRow]
    edges: Spool[EdgeRow]

    def close(self) -> None:
        """Give back what they take."""
        self.nodes.close()
        self.edges.close()


async def export_graph(ontology: Ontology, reader: Reader, request: GraphRequest) -> GraphExport:
    """Read a part of the graph.

    Raises ``InvalidArgumentError`` for a filter of a kind that is not asked for, ``LimitExceededError`` for
    more nodes or edges than ``most``, and like ``export_list``.
    """
    _check(ontology, request)
    kinds = [_Kind.of(ontology, kind, request, reader.role) for kind in request.kinds]

    async def read(version: GraphVersion | None) -> GraphExport:
        nodes: Spool[NodeRow] = Spool()
        edges: Spool[EdgeRow] = Spool()
        try:
            return await _Reading(reader, request, kinds, nodes, edges).run(version)
        except BaseException:
            nodes.close()
            edges.close()
            raise

    return await of_one_version(reader, read)


def _check(ontology: Ontology, request: GraphRequest) -> None:
    plurals = [kind.plural for kind in request.kinds]
    for name in request.where:
        if name not in plurals:
            raise InvalidArgumentError(
                f"There is a filter for {name!r:.60}, which is not among the kinds of the export.",
                remedy=f"The kinds are: {', '.join(plurals)}.",
                argument="where",
                value=name[:60],
            )
    for name in request.edges or ():
        if name not in ontology.edges:
            raise InvalidArgumentError(
                f"There is no type of edges {name!r:.60}.",
                remedy=f"There are: {', '.join(ontology.edges)}.",
                argument="relations",
                value=name[:60],
            )


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of the export with its relations to kinds of the export, as the role sees them."""

    kind: NodeType
    columns: Columns
    relations: tuple[Relation, ...]
    below: Mapping[str, str]
    types: Mapping[str, CellType]
    edge_types: Mapping[str, CellType]

    @classmethod
    def of(cls, ontology: Ontology, kind: NodeType, request: GraphRequest, role: str) -> _Kind:
        chosen = {each.name for each in request.kinds}
        relations = tuple(
            each
            for each in kind.relations
            if each.direction is Direction.FORWARD
            and not each.transitive
            and (request.edges is None or each.edge.name in request.edges)
            and ontology.sees(role, each.edge.visible_to)
            and not chosen.isdisjoint(ontology.node(each.target).concrete)
        )
        shown = {each.end.field: _shown(each.edge.properties, ontology, role) for each in relations}
        edge_types = {
            found.name: _TYPES.get(found.type, CellType.TEXT)
            for each in relations
            if each.many
            for found in shown[each.end.field]
        }
        below = {each.end.field: _selection(each, shown[each.end.field]) for each in relations}
        columns = Columns(ontology, kind, role)
        types = {each.name: each.type for each in columns.plain() if each.name != "key"}
        return cls(kind, columns, relations, below, types, edge_types)

    @property
    def selection(self) -> str:
        """What to ask of a node."""
        below = [
            f"{each.end.field}(first: {NESTED}) {{ {self.below[each.end.field]} }}"
            if each.many
            else f"{each.end.field} {{ __typename key }}"
            for each in self.relations
        ]
        return " ".join([rendered(merged(self.columns.plain())), *below])


def _shown(properties: Sequence[Property], ontology: Ontology, role: str) -> list[Property]:
    return [found for found in properties if found.name != "key" and ontology.sees(role, found.visible_to)]


def _selection(relation: Relation, shown: Sequence[Property]) -> str:
    """What to ask of a connection."""
    fields = [f"{found.field} {{ key }}" if found.name == "sources" else found.field for found in shown]
    return f"pageInfo {{ hasNextPage endCursor }} edges {{ node {{ __typename key }} {' '.join(fields)} }}"


class _Reading:
    def __init__(
        self,
        reader: Reader,
        request: GraphRequest,
        kinds: Sequence[_Kind],
        nodes: Spool[NodeRow],
        edges: Spool[EdgeRow],
    ) -> None:
        self._reader = reader
        self._request = request
        self._kinds = kinds
        self._nodes = nodes
        self._edges = edges
        self._ids: set[str] = set()
        self._synthetic = 0

    async def run(self, version: GraphVersion | None) -> GraphExport:
        candidates: Spool[EdgeRow] = Spool()
        try:
            for each in self._kinds:
                await self._read(each, candidates)
            for row in candidates:
                # An edge is there when both its ends are, and the end of the nodes is known only now.
                if row[2] in self._ids:
                    self._edges.add((str(self._edges.count), *row[1:]))
                    check_rows(self._edges.count, self._request.most)
        finally:
            candidates.close()
        node_types = {NODE_TYPE: CellType.TEXT, **_united([each.types for each in self._kinds])}
        edge_types = {EDGE_TYPE: CellType.TEXT, **_united([each.edge_types for each in self._kinds])}
        return GraphExport(self._facts(version), node_types, edge_types, self._nodes, self._edges)

    async def _read(self, found: _Kind, candidates: Spool[EdgeRow]) -> None:
        kind, variables = found.kind, self._request.variables(found.kind)
        count = await count_of(self._reader, kind, variables)
        check_rows(self._nodes.count + count, self._request.most)
        columns = [each for each in found.columns.plain() if each.name != "key"]
        async for node in nodes_of_list(self._reader, kind, found.selection, variables, count):
            identity = f"{kind.name}:{node['key']}"
            cells: Attributes = {NODE_TYPE: kind.name}
            cells.update({each.name: each.cell(node) for each in columns})
            label = node.get(label_of(kind).field)
            self._nodes.add((identity, str(label or node["key"]), cells))
            self._ids.add(identity)
            self._synthetic += cells.get(ALWAYS[0]) is True
            for relation in found.relations:
                async for target, values in self._below(found, node, relation):
                    candidates.add(("", identity, target, {EDGE_TYPE: relation.edge.name, **values}))

    async def _below(
        self, found: _Kind, node: dict[str, object], relation: Relation
    ) -> AsyncIterator[tuple[str, Attributes]]:
        field = relation.end.field
        if not relation.many:
            target = cast("dict[str, object] | None", node[field])
            if target is not None:
                yield _id(target), {}
            return
        connection = cast("dict[str, list[dict[str, object]]]", node[field])
        names = {each.field: each.name for each in relation.edge.properties}
        for row in connection["edges"]:
            yield _edge(row, names)
        async for row in rest_of(
            self._reader, found.kind, node, field, found.below[field], self._request.as_of
        ):
            yield _edge(row, names)

    def _facts(self, version: GraphVersion | None) -> Facts:
        request = self._request
        return Facts(
            "graph",
            {
                "kinds": [each.plural for each in request.kinds],
                "where": request.where,
                "keys": list(request.keys),
                "relations": list(request.edges or ()),
            },
            request.as_of,
            version,
            self._reader.role,
            self._nodes.count,
            self._synthetic,
            edges=self._edges.count,
            exported=now(),
        )


def _edge(row: Mapping[str, object], names: Mapping[str, str]) -> tuple[str, Attributes]:
    values: Attributes = {}
    for name, value in row.items():
        if name == "sources":
            values[name] = [str(each["key"]) for each in cast("list[dict[str, object]]", value)]
        elif name != "node":
            values[names[name]] = cast(Cell, value)
    return _id(cast("dict[str, object]", row["node"])), values


def _id(node: Mapping[str, object]) -> str:
    return f"{node['__typename']}:{node['key']}"


def _united(each: Sequence[Mapping[str, CellType]]) -> dict[str, CellType]:
    """The attributes of all kinds; one that is of several types is text, since it has one in a file."""
    found: dict[str, CellType] = {}
    for name, type_ in _pairs(each):
        found[name] = type_ if found.get(name, type_) is type_ else CellType.TEXT
    return found


def _pairs(each: Sequence[Mapping[str, CellType]]) -> Iterator[tuple[str, CellType]]:
    for types in each:
        yield from types.items()
