"""From selection sets to projections: what each node gives back, and under which response key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from graphql.execution.collect_fields import FieldDetails, FieldDetailsList, GroupedFieldSet

from graph_api.ontology.model import DerivedProperty, NodeType, Property, Relation, ScalarType
from graph_api.plan.bindings import Bindings
from graph_api.plan.convert import plain
from graph_api.plan.cursor import signature_of
from graph_api.plan.given import Given, GivenTree, Variables, given_arguments
from graph_api.plan.groups import axes
from graph_api.plan.order import kind_order, relation_order
from graph_api.plan.page import page_of
from graph_api.plan.tree import (
    AbsentColumn,
    Column,
    Connection,
    ConnectionColumn,
    ConnectionPart,
    CursorColumn,
    DerivedColumn,
    EdgeColumn,
    EdgeList,
    EdgeNodeColumn,
    Groups,
    Holder,
    IdColumn,
    LocalizedColumn,
    NodeColumn,
    NodeList,
    OneColumn,
    PageInfo,
    Predicate,
    Projection,
    Scan,
    Source,
    SourcesColumn,
    Stored,
    TotalCount,
    Traverse,
    TypenameColumn,
)
from graph_api.plan.vocabulary import Vocabulary
from graph_api.plan.where import WhereCompiler


class FieldCollector(Protocol):
    """Collects the fields of selection sets as GraphQL prescribes (fragments, merging, @skip, @include)."""

    def object_type(self, name: str) -> GraphQLObjectType:
        """The object type with this name."""
        ...

    def subfields(self, type_: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        """The fields that the selections in ``details`` make on an object of this type."""
        ...


@dataclass(slots=True)
class SelectionCompiler:
    """Makes projections and connections of one root field."""

    vocabulary: Vocabulary
    collector: FieldCollector
    variables: Variables
    bindings: Bindings
    where: WhereCompiler

    def projection(self, kind: NodeType, details: FieldDetailsList) -> Projection:
        """The projection that a selection set on a kind makes."""
        concrete = [self.vocabulary.ontology.node(name) for name in kind.concrete]
        by_kind = tuple((each, tuple(self._node_columns(each, details))) for each in concrete)
        return Projection(by_kind, tagged=kind.abstract)

    def arguments(self, field: GraphQLField, details: FieldDetails) -> dict[str, GivenTree]:
        """What the request gave for the arguments of a field."""
        return given_arguments(field, details.node, self.variables)

    def root_connection(
        self, kind: NodeType, given: Mapping[str, GivenTree], type_name: str, details: FieldDetailsList
    ) -> Connection:
        """The connection of a root list."""
        predicate = self.where.kind(kind, given.get("where"))
        order = kind_order(self.where.policy, kind, given.get("orderBy"))
        return self._connection(Scan(kind), predicate, order, given, type_name, kind, None, details)

    def _node_columns(self, kind: NodeType, details: FieldDetailsList) -> Iterator[NodeColumn]:
        type_ = self.collector.object_type(kind.name)
        for response_key, found in self.collector.subfields(type_, details).items():
            name = found[0].node.name.value
            if name == "__typename":
                yield TypenameColumn(response_key)
            elif name == "id":
                yield IdColumn(response_key)
            else:
                meaning = self.vocabulary.kinds[kind.name][name]
                yield self._node_column(response_key, meaning, type_.fields[name], found)

    def _node_column(
        self,
        response_key: str,
        meaning: Property | DerivedProperty | Relation,
        field: GraphQLField,
        details: FieldDetailsList,
    ) -> NodeColumn:
        if not isinstance(meaning, Relation) and not self.where.policy.sees(meaning):
            return AbsentColumn(response_key)
        if isinstance(meaning, DerivedProperty):
            return DerivedColumn(response_key, meaning)
        if isinstance(meaning, Property):
            return self._property_column(response_key, meaning, field, details)
        target = self.vocabulary.ontology.node(meaning.target)
        traverse = Traverse(meaning, target)
        if not meaning.many:
            return OneColumn(response_key, traverse, self.projection(target, details))
        given = self.arguments(field, details[0])
        predicate = self.where.relation(meaning, given.get("where"))
        order = relation_order(self.where.policy, meaning, given.get("orderBy"))
        type_name = get_named_type(field.type).name
        connection = self._connection(traverse, predicate, order, given, type_name, target, meaning, details)
        return ConnectionColumn(response_key, connection)

    def _property_column(
        self, response_key: str, found: Property, field: GraphQLField, details: FieldDetailsList
    ) -> NodeColumn:
        if found.name == "sources":
            return self._sources(response_key, Holder.NODE, details)
        if found.localized:
            language = self.arguments(field, details[0]).get("language")
            if isinstance(language, Given) and language.value is not None:
                names = (found.in_language(str(plain(language.value))), found.name)
                return LocalizedColumn(response_key, names, found)
        return Column(response_key, _stored(Holder.NODE, found), found)

    def _sources(self, response_key: str, holder: Holder, details: FieldDetailsList) -> SourcesColumn:
        kind = self.vocabulary.source_kind
        return SourcesColumn(response_key, holder, kind, self.projection(kind, details))

    def _connection(
        self,
        source: Source,
        predicate: Predicate,
        order: tuple,  # type: ignore[type-arg]
        given: Mapping[str, GivenTree],
        type_name: str,
        target: NodeType,
        relation: Relation | None,
        details: FieldDetailsList,
    ) -> Connection:
        signature = signature_of(type_name, order)
        page = page_of(order, signature, given, self.bindings, self.vocabulary.max_page)
        parts = tuple(self._parts(type_name, target, relation, details))
        return Connection(
            type_name, source, predicate, page, parts, signature, any(map(_needs_cursor, parts))
        )

    def _parts(
        self, type_name: str, target: NodeType, relation: Relation | None, details: FieldDetailsList
    ) -> Iterator[ConnectionPart]:
        type_ = self.collector.object_type(type_name)
        for response_key, found in self.collector.subfields(type_, details).items():
            match found[0].node.name.value:
                case "edges":
                    edge = get_named_type(type_.fields["edges"].type).name
                    columns = tuple(self._edge_columns(edge, target, relation, found))
                    yield EdgeList(response_key, edge, columns)
                case "nodes":
                    yield NodeList(response_key, self.projection(target, found))
                case "totalCount":
                    yield TotalCount(response_key)
                case "groups":
                    given = self.arguments(type_.fields["groups"], found[0])
                    # The shape of a list does not show its values, and they are what the plan is made of.
                    self.bindings.depends_on(cast(Given, given["by"]), _axis_names)
                    by = axes(self.where.policy, target, given)
                    yield Groups(response_key, by, tuple(self._plain_fields("Group", found)))
                case "pageInfo":
                    yield PageInfo(response_key, tuple(self._plain_fields("PageInfo", found)))
                case _:
                    yield TypenameColumn(response_key)

    def _plain_fields(self, type_name: str, details: FieldDetailsList) -> Iterator[tuple[str, str]]:
        type_ = self.collector.object_type(type_name)
        for response_key, found in self.collector.subfields(type_, details).items():
            yield response_key, found[0].node.name.value

    def _edge_columns(
        self, type_name: str, target: NodeType, relation: Relation | None, details: FieldDetailsList
    ) -> Iterator[EdgeColumn]:
        type_ = self.collector.object_type(type_name)
        properties: Iterable[Property] = relation.edge.properties if relation else ()
        for response_key, found in self.collector.subfields(type_, details).items():
            match found[0].node.name.value:
                case "node":
                    yield EdgeNodeColumn(response_key, self.projection(target, found))
                case "cursor":
                    yield CursorColumn(response_key)
                case "__typename":
                    yield TypenameColumn(response_key)
                case "sources":
                    yield self._sources(response_key, Holder.EDGE, found)
                case name:
                    stored = next(each for each in properties if each.field == name)
                    if not self.where.policy.sees(stored):
                        yield AbsentColumn(response_key)
                        continue
                    yield Column(response_key, _stored(Holder.EDGE, stored), stored)


def _stored(holder: Holder, found: Property) -> Stored:
    return Stored(holder, found.name, not found.required, found.type is ScalarType.DATE)


def _needs_cursor(part: ConnectionPart) -> bool:
    if isinstance(part, EdgeList):
        return any(isinstance(column, CursorColumn) for column in part.columns)
    return isinstance(part, PageInfo) and any(name.endswith("Cursor") for _, name in part.fields)


def _axis_names(value: object) -> tuple[str, ...]:
    names = plain(value)
    return tuple(map(str, names)) if isinstance(names, list) else (str(names),)
