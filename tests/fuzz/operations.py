"""Random valid operations over a schema: everything that GraphQL lets a query say, in odd mixtures."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias, cast

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from tests.fuzz.values import Inputs, Variable, drawn

Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType
PAGE = ("first", "after", "last", "before")
BAD_CURSORS = ("", "zzz", "bm90IGpzb24", "WyJhYmMiXQ", "W10", "W251bGwsMV0")
BAD_PAGES = (
    "first: -1",
    "last: -5",
    "first: 1001",
    "last: 100000",
    "first: 2, last: 2",
    'first: 1, before: "x"',
)
INTROSPECTION = (
    "__typename",
    "__schema { queryType { name } }",
    "__schema { __typename directives { name } }",
    '__type(name: "PageInfo") { name kind fields { name type { kind ofType { name } } } }',
    '__type(name: "OrderDirection") { enumValues { name } }',
    '__type(name: "NoSuchType") { name }',
)
_CONDITION = GraphQLNonNull(GraphQLBoolean)
UNPLANNED = frozenset({"graph", "neighborhood", "paths", "connect"})
"""Root fields of every server that no plan reads: what it says of itself, and what it calculates."""
REFUSED = 0.02
"""How often an argument list is one that the server refuses."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with one operation, and the variables that it declares."""

    text: str
    variables: tuple[Variable, ...]

    def values(self, rng: Random) -> dict[str, object]:
        """Values for its variables, without cursors."""
        return drawn(self.variables, rng)

    def cursors(self, data: object, rng: Random) -> dict[str, object]:
        """Cursors that an answer holds, for the variables that take one of them."""
        found: dict[str, object] = {}
        for variable in self.variables:
            if variable.cursor_of is not None:
                seen = [each for each in _cursors(data, variable.cursor_of) if each is not None]
                if seen:
                    found[variable.name] = rng.choice(seen)
        return found


def _cursors(data: object, key: str) -> list[object]:
    """The cursors of every ``pageInfo`` under this response key, wherever it stands."""
    if isinstance(data, list):
        return [cursor for item in data for cursor in _cursors(item, key)]
    if not isinstance(data, dict):
        return []
    here = list(data[key].values()) if isinstance(data.get(key), dict) else []
    return here + [cursor for member in data.values() for cursor in _cursors(member, key)]


def ambiguous_names(schema: GraphQLSchema) -> frozenset[str]:
    """The names of fields that have different types in different objects."""
    types: dict[str, set[str]] = {}
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, found in type_.fields.items():
                types.setdefault(name, set()).add(str(found.type))
    return frozenset(name for name, found in types.items() if len(found) > 1)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A named fragment that is written to its end."""

    name: str
    type: str


@dataclass(slots=True)
class Writer:
    """Writes one operation."""

    schema: GraphQLSchema
    inputs: Inputs
    ambiguous: frozenset[str]
    """Names of fields that have several types: under their own names they could not always be merged."""
    rng: Random
    roots: frozenset[str] = frozenset()
    """The root fields that are asked for; without any, all that plans read."""
    size: int = 10
    count: int = 0
    fragments: list[str] = field(default_factory=list)
    finished: list[Fragment] = field(default_factory=list)

    def operation(self) -> Operation:
        """An operation with one to three root fields."""
        self.size = self.rng.choice((2, 5, 9))
        query = cast(GraphQLObjectType, self.schema.query_type)
        depth = self.rng.choice((1, 1, 2, 2, 3))
        selections = self._root(query, depth)
        variables = tuple(self.inputs.variables.values())
        definitions = ", ".join(variable.definition for variable in variables)
        name = self.rng.choice(("", " Q"))
        head = f"query{name}({definitions}) " if definitions else self.rng.choice(("", f"query{name} "))
        parts = [f"{head}{{ {' '.join(selections)} }}", *self.fragments]
        self.rng.shuffle(parts)
        return Operation("\n".join(parts), variables)

    def _root(self, query: GraphQLObjectType, depth: int) -> list[str]:
        selections = []
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            roots = self.roots or query.fields.keys() - UNPLANNED
            planned = [name for name in query.fields if name in roots]
            names = [name for name in planned if is_abstract_type(get_named_type(query.fields[name].type))]
            # Few root fields give any kind, and those are the ones with tags.
            name = self.rng.choice(names if names and self.rng.random() < 0.2 else planned)
            made = self._field(name, query.fields[name], depth)
            roll = self.rng.random()
            if roll < 0.08:
                made = f"... on Query{self._condition()} {{ {made} }}"
            elif roll < 0.16:
                made = self._named("Query", f"{{ {made} }}")
            selections.append(made)
        if self.rng.random() < 0.15:
            selections.append(self.rng.choice(INTROSPECTION))
        if self.rng.random() < 0.3:
            selections.append(f"{self._alias()}: __typename")
        self.rng.shuffle(selections)
        return selections

    def _selection(self, type_: Composite, depth: int, extra: tuple[str, ...] = ()) -> str:
        """A selection set in braces."""
        deeper = depth - 1 if "id" in type_.fields else depth
        found = list(extra)
        for _ in range(1 if self._large() else self.rng.choice((1, 2, 2, 3))):
            roll = self.rng.random()
            if roll < 0.1:
                found.append(self.rng.choice(("", f"{self._alias()}: ")) + "__typename" + self._condition())
            elif roll < 0.3 or (is_abstract_type(type_) and roll < 0.6):
                found.append(self._fragment(type_, depth))
            else:
                found += self._fields(type_, depth, deeper)
        self.rng.shuffle(found)
        return f"{{ {' '.join(found)} }}"

    def _fields(self, type_: Composite, depth: int, deeper: int) -> list[str]:
        flat = [name for name, each in type_.fields.items() if is_leaf_type(get_named_type(each.type))]
        deep = [name for name in type_.fields if name not in flat]
        # Kinds have many more scalars than relations, and lists would be little more than counts.
        likely = 0.85 if "edges" in deep else 0.5
        go_on = deep and depth > 0 and not self._large() and self.rng.random() < likely
        name = self.rng.choice(deep if go_on else flat)
        head, tail = self._head(name, type_.fields[name], deeper)
        made = [f"{head}{self._condition()}{tail}"]
        named = get_named_type(type_.fields[name].type)
        if not self._large() and self.rng.random() < 0.2:
            # The same field once more: its selections merge.
            again = "" if is_leaf_type(named) else f" {self._selection(cast(Composite, named), deeper)}"
            made.append(self._wrapped(type_, f"{head}{again}"))
        return made

    def _wrapped(self, type_: Composite, selection: str) -> str:
        match self.rng.randrange(4):
            case 0:
                return f"...{self._condition()} {{ {selection} }}"
            case 1:
                return f"... on {type_.name} {{ {selection} }}"
            case 2:
                return self._named(type_.name, f"{{ {selection} }}")
            case _:
                return selection

    def _fragment(self, type_: Composite, depth: int) -> str:
        """A fragment that may apply here: on the type, on what it implements, or on what implements it."""
        known = [each for each in self.finished if each.type == type_.name]
        if known and self.rng.random() < 0.3:
            return f"...{self.rng.choice(known).name}{self._condition()}"
        choices: list[Composite] = [type_, *type_.interfaces]
        if isinstance(type_, GraphQLInterfaceType):
            choices += list(self.schema.get_possible_types(type_)) * 2
        chosen = self.rng.choice(choices)
        body = self._selection(chosen, depth)
        if self.rng.random() < 0.5:
            return f"... on {chosen.name}{self._condition()} {body}"
        return self._named(chosen.name, body)

    def _named(self, type_name: str, body: str) -> str:
        name = f"F{self._number()}"
        self.fragments.append(f"fragment {name} on {type_name} {body}")
        self.finished.append(Fragment(name, type_name))
        return f"...{name}{self._condition()}"

    def _field(self, name: str, found: GraphQLField, deeper: int) -> str:
        head, tail = self._head(name, found, deeper)
        return f"{head}{self._condition()}{tail}"

    def _head(self, name: str, found: GraphQLField, deeper: int) -> tuple[str, str]:
        """A field up to its arguments, and its selections."""
        arguments, extra = self._arguments(found)
        named = get_named_type(found.type)
        tail = "" if is_leaf_type(named) else f" {self._selection(cast(Composite, named), deeper, extra)}"
        if arguments:
            return f"{self._alias()}: {name}({', '.join(arguments)})", tail
        alias = 0.95 if name in self.ambiguous else 0.15
        return (f"{self._alias()}: {name}" if self.rng.random() < alias else name), tail

    def _arguments(self, found: GraphQLField) -> tuple[list[str], tuple[str, ...]]:
        made: list[str] = []
        extra: tuple[str, ...] = ()
        if set(PAGE) <= found.args.keys() and self.rng.random() < 0.65:
            made, extra = self._page(found)
        for name, argument in found.args.items():
            required = str(argument.type).endswith("!")
            if name not in PAGE and (required or self.rng.random() < 0.35):
                made.append(self.inputs.argument(name, argument.type))
        return made, extra

    def _page(self, found: GraphQLField) -> tuple[list[str], tuple[str, ...]]:
        roll = self.rng.random()
        if roll < REFUSED:
            return [self.rng.choice(BAD_PAGES)], ()
        if roll < 2 * REFUSED:
            return [f"after: {json.dumps(self.rng.choice(BAD_CURSORS))}"], ()
        size, cursor = self.rng.choice((("first", "after"), ("first", "after"), ("last", "before")))
        made = [self.inputs.argument(size, found.args[size].type)] if roll < 0.8 else []
        if roll < 0.6:
            return made, ()
        key = f"p{self._number()}"
        variable = self.inputs.declare("String", None, lambda _: None, cursor_of=key)
        return [*made, f"{cursor}: ${variable.name}"], (f"{key}: pageInfo {{ startCursor endCursor }}",)

    def _condition(self) -> str:
        roll = self.rng.random()
        if roll > 0.15:
            return ""
        directive = self.rng.choice(("skip", "include", "include"))
        if roll < 0.05:
            return f" @{directive}(if: {self.rng.choice(('true', 'false'))})"
        return f" @{directive}(if: ${self.inputs.variable('if', _CONDITION).name})"

    def _number(self) -> int:
        self.count += 1
        return self.count

    def _large(self) -> bool:
        """Whether enough was written: what is still open is closed soon."""
        return self.count + len(self.inputs.variables) > self.size

    def _alias(self) -> str:
        return f"a{self._number()}"
