"""Random operations: several root fields, nested connections, pages that follow cursors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import cast

from graphql import GraphQLInputType, GraphQLSchema, ast_from_value, print_ast, type_from_ast
from graphql.language import parse_type

from graph_api.api_types.names import order_name, where_name
from graph_api.ontology.model import NodeType, Ontology, Relation
from tests.oracle.inputs import Inputs, drawn
from tests.oracle.values import Values

DEPTHS = (1, 1, 1, 2, 2, 3)
"""How deep operations are nested. Planning a deep one takes Neo4j a second, so there are few of them."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with its variables: their types, what is drawn for them, which of them take cursors."""

    text: str
    roots: int
    drawn: Mapping[str, object]
    cursors: Mapping[str, str]
    """The variables that take cursors, each with the alias of its connection."""

    def variables(self, rng: Random) -> dict[str, object]:
        """New values for all variables but the cursors."""
        return {name: drawn(tree, rng) for name, tree in self.drawn.items()}


@dataclass(slots=True)
class Writer:
    """Writes one operation."""

    ontology: Ontology
    schema: GraphQLSchema
    values: Values
    rng: Random
    inputs: Inputs = field(init=False)
    max_depth: int = field(init=False)
    types: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, object] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def __post_init__(self) -> None:
        self.max_depth = self.rng.choice(DEPTHS)
        self.inputs = Inputs(self.ontology, self.values, self.rng, self.max_depth)

    def operation(self, roots: int) -> Operation:
        """An operation with so many root fields."""
        kinds = [kind for kind in self.ontology.kinds() if self.values.graph.of_kinds((kind.name,))]
        fields = [self._root(self.rng.choice(kinds)) for _ in range(roots)]
        declared = ", ".join(f"${name}: {type_}" for name, type_ in self.types.items())
        head = f"query ({declared}) " if declared else ""
        return Operation(f"{head}{{ {' '.join(fields)} }}", roots, self.drawn, self.cursors)

    def _root(self, kind: NodeType) -> str:
        arguments = []
        if self.rng.random() < 0.3:
            arguments.append(f"asOf: {self._value('Date', self.values.day())}")
        if self.rng.random() < 0.1:
            key = self.values.keys((kind.name,))
            one = self._value("String!", lambda rng: next(iter(cast("list[str]", key(rng))), "nothing"))
            given = ", ".join([f"key: {one}", *arguments])
            return f"{self._alias()}: {kind.field}({given}) {self._node(kind, 0)}"
        return self._connection(kind.plural, kind, None, arguments, 0)

    def _connection(
        self, name: str, kind: NodeType, relation: Relation | None, arguments: list[str], depth: int
    ) -> str:
        rng, alias = self.rng, self._alias()
        owner = relation or kind
        if rng.random() < 0.7:
            tree = self.inputs.relation_where(relation) if relation else self.inputs.kind_where(kind)
            arguments.append(f"where: {self._value(where_name(owner), tree)}")
        if rng.random() < 0.7:
            orders = self.inputs.relation_orders(relation) if relation else self.inputs.kind_orders(kind)
            arguments.append(f"orderBy: {self._value(f'[{order_name(owner)}!]', orders)}")
        arguments += self._page(alias)
        given = f"({', '.join(arguments)})" if arguments else ""
        return f"{alias}: {name}{given} {self._parts(kind, relation, depth)}"

    def _page(self, alias: str) -> list[str]:
        size, cursor = self.rng.choice([("first", "after"), ("first", "after"), ("last", "before")])
        arguments = []
        if self.rng.random() < 0.9:
            arguments.append(f"{size}: {self._value('Int', lambda rng: rng.choice([0, 1, 2, 2, 3, 5, 8]))}")
        if self.rng.random() < 0.7:
            name = self._variable("String", None)
            self.cursors[name] = alias
            arguments.append(f"{cursor}: ${name}")
        return arguments

    def _parts(self, kind: NodeType, relation: Relation | None, depth: int) -> str:
        edge = ["cursor", f"node {self._node(kind, depth + 1)}"]
        if relation is not None and not relation.transitive:
            own = [
                each.field for each in relation.edge.properties if not each.unique and each.name != "sources"
            ]
            edge += [f"{self._alias()}: {name}" for name in self.rng.sample(own, min(len(own), 2))]
            edge += ["sources { key }"] if self.rng.random() < 0.1 else []
        parts = [f"edges {{ {' '.join(edge)} }}"]
        if self.rng.random() < 0.4:
            parts.append("totalCount")
        if self.rng.random() < 0.4:
            parts.append("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
        if self.rng.random() < 0.15:
            parts.append(f"nodes {self._node(kind, self.max_depth)}")
        self.rng.shuffle(parts)
        return f"{{ {' '.join(parts)} }}"

    def _node(self, kind: NodeType, depth: int) -> str:
        fields = ["__typename" if kind.abstract else "id", "key", *self._fields(kind, depth)]
        if kind.abstract and depth < self.max_depth:
            for name in self.rng.sample(kind.concrete, min(len(kind.concrete), 2)):
                inner = self._fields(self.ontology.node(name), self.max_depth) or ["key"]
                fields.append(f"... on {name} {{ {' '.join(inner)} }}")
        return f"{{ {' '.join(fields)} }}"

    def _fields(self, kind: NodeType, depth: int) -> list[str]:
        rng = self.rng
        plain = [each.field for each in kind.properties if each.name != "sources"]
        plain += [each.field for each in kind.derived]
        fields = [
            f"{self._alias()}: {name}" for name in rng.sample(plain, min(len(plain), rng.choice([0, 1, 2])))
        ]
        localized = [each.field for each in kind.properties if each.localized]
        if localized and self.ontology.languages and rng.random() < 0.2:
            language: Enum = rng.choice(list(self.ontology.languages))
            fields.append(f"{self._alias()}: {rng.choice(localized)}(language: {language.name})")
        if rng.random() < 0.1:
            fields.append("sources { key }")
        if depth < self.max_depth and kind.relations:
            for relation in rng.sample(kind.relations, min(len(kind.relations), rng.choice([0, 1, 1, 2]))):
                fields.append(self._relation(relation, depth))
        return fields

    def _relation(self, relation: Relation, depth: int) -> str:
        target = self.ontology.node(relation.target)
        if relation.many:
            return self._connection(relation.end.field, target, relation, [], depth)
        return f"{self._alias()}: {relation.end.field} {self._node(target, depth + 1)}"

    def _value(self, type_: str, tree: object) -> str:
        """A variable for the value, or the value itself."""
        if self.rng.random() < 0.7:
            return f"${self._variable(type_, tree)}"
        named: GraphQLInputType = type_from_ast(self.schema, parse_type(type_))  # type: ignore[assignment]
        literal = ast_from_value(drawn(tree, self.rng), named)
        assert literal is not None
        return print_ast(literal)

    def _variable(self, type_: str, tree: object) -> str:
        name = f"v{len(self.types)}"
        self.types[name] = type_
        if tree is not None:
            self.drawn[name] = tree
        return name

    def _alias(self) -> str:
        self.number += 1
        return f"a{self.number}"
