"""Random values of GraphQL input types, as literals, as variables, and as literals with variables in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_input_object_type,
)

from graph_api.plan.global_id import encode_id

Sampler = Callable[[Random], object]
_DEFINITION = "strawberry-definition"
"""Where Strawberry keeps its own knowledge of a type; graphql-core's knows nothing of @oneOf."""
KEYS = ("EUROPOL", "k-1", "A:B", "Å 7", "unknown")
TEXTS = ("a", "Net", "Émilie", "x y", 'quoted " and \\', "😀", "%", "")
DAYS = ("1999-12-31", "2020-02-29", "2024-07-01")
PARTIAL_DATES = ("1999", "2020-02", "2024-07-01")
BAD_IDS = ("", "§", "Tm93aGVyZQ", "Tm9TdWNoS2luZDprMQ", "RW50aXR5OmsxMg")
"""No Base64, no colon, no kind, an interface."""


class EnumName(str):
    """The name of an enum's value: a literal has it without quotes."""

    __slots__ = ()


class Reference(str):
    """The name of a variable in a literal."""

    __slots__ = ()


def literal(value: object) -> str:
    """The value as it stands in a document."""
    match value:
        case Reference():
            return f"${value}"
        case EnumName():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{name}: {literal(member)}" for name, member in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case _:
            return json.dumps(value)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an operation; ``draw`` makes its values, and ``cursor_of`` names what may fill it."""

    name: str
    type: str
    default: str | None
    draw: Sampler
    cursor_of: str | None = None

    @property
    def definition(self) -> str:
        """As the operation declares it."""
        default = "" if self.default is None else f" = {self.default}"
        return f"${self.name}: {self.type}{default}"

    @property
    def omissible(self) -> bool:
        """Whether a request may leave it out."""
        return self.default is not None or not self.type.endswith("!")


def drawn(variables: tuple[Variable, ...], rng: Random, *, nulls: bool = True) -> dict[str, object]:
    """Values for the variables of an operation; some are left out, some are null, where both are allowed."""
    found: dict[str, object] = {}
    for variable in variables:
        roll = rng.random()
        if variable.cursor_of is not None or (variable.omissible and roll < 0.15):
            continue
        nullable = not variable.type.endswith("!")
        # A null where a default stood for a value that must not be null is refused, so it is rare.
        likely = 0.15 if variable.default is None else 0.03
        found[variable.name] = None if nulls and nullable and rng.random() < likely else variable.draw(rng)
    return found


_WANTED = 0.4


@dataclass(slots=True)
class Inputs:
    """Makes values, and collects the variables that an operation has to declare for them."""

    kinds: tuple[str, ...]
    rng: Random
    variables: dict[str, Variable] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    """Members that are drawn more often than their number would say."""

    def argument(self, name: str, type_: GraphQLInputType) -> str:
        """The text of an argument: its name and a value, often a variable."""
        if self.rng.random() < 0.45:
            return f"{name}: ${self.variable(name, type_).name}"
        return f"{name}: {literal(self.tree(name, type_, self.rng, 0, with_variables=True))}"

    def variable(self, name: str, type_: GraphQLInputType, *, strict: bool = False) -> Variable:
        """A variable that may stand where the type is asked for: a new one, or one declared before.

        ``strict`` says that a default value does not stand in for a type that must not be null.
        """
        known = [each for each in self.variables.values() if each.type == str(type_) and not each.cursor_of]
        if known and self.rng.random() < 0.2:
            return self.rng.choice(known)
        text, default = str(type_), None
        if isinstance(type_, GraphQLNonNull) and not self.rng.randrange(4) and not strict:
            text, default = text[:-1], self._default(name, type_)
        elif not isinstance(type_, GraphQLNonNull):
            roll = self.rng.random()
            if roll < 0.3:
                text = f"{text}!"
            elif roll < 0.5:
                default = self._default(name, type_)
        return self.declare(
            text, default, lambda rng: self.tree(name, type_, rng, 0, with_variables=False, nullable=False)
        )

    def declare(
        self, type_: str, default: str | None, draw: Sampler, cursor_of: str | None = None
    ) -> Variable:
        """A new variable."""
        made = Variable(f"v{len(self.variables)}", type_, default, draw, cursor_of)
        self.variables[made.name] = made
        return made

    def _default(self, name: str, type_: GraphQLInputType) -> str:
        return literal(self.tree(name, type_, self.rng, 0, with_variables=False, nullable=False))

    def tree(
        self,
        name: str,
        type_: GraphQLInputType,
        rng: Random,
        depth: int,
        *,
        with_variables: bool,
        nullable: bool = True,
        strict: bool = False,
    ) -> object:
        """A value of the type."""
        if with_variables and depth and rng.random() < 0.15:
            return Reference(self.variable(name, type_, strict=strict).name)
        if isinstance(type_, GraphQLNonNull):
            inner = cast(GraphQLInputType, type_.of_type)
        elif nullable and rng.random() < 0.06:
            return None
        else:
            inner = type_
        if isinstance(inner, GraphQLList):
            size = rng.choice((0, 1, 1, 1, 2, 2, 3))
            if size == 1 and rng.random() < 0.2:
                # GraphQL makes a list of a single value.
                return self.tree(name, inner.of_type, rng, depth + 1, with_variables=False)
            return [
                self.tree(name, inner.of_type, rng, depth + 1, with_variables=with_variables)
                for _ in range(size)
            ]
        if is_input_object_type(inner):
            return self._object(inner, rng, depth, with_variables=with_variables)
        if isinstance(inner, GraphQLEnumType):
            return EnumName(rng.choice(tuple(inner.values)))
        return self.scalar(name, get_named_type(inner).name, rng)

    def _object(
        self, type_: GraphQLInputObjectType, rng: Random, depth: int, *, with_variables: bool
    ) -> dict[str, object]:
        names = tuple(type_.fields)
        if depth > 3:
            flat = [
                each for each in names if not is_input_object_type(get_named_type(type_.fields[each].type))
            ]
            names = tuple(flat) or names
        wanted = tuple(each for each in names if each in self.wanted)
        if wanted and rng.random() < _WANTED:
            names = wanted
        if type_.extensions[_DEFINITION].is_one_of:
            name = rng.choice(names)
            required = GraphQLNonNull(type_.fields[name].type)
            value = self.tree(name, required, rng, depth + 1, with_variables=with_variables, strict=True)
            return {name: value}
        size = rng.choice((0, 1, 1, 1, 2, 2) if depth < 4 else (0, 1))
        return {
            name: self.tree(name, type_.fields[name].type, rng, depth + 1, with_variables=with_variables)
            for name in rng.sample(names, min(size, len(names)))
        }

    def scalar(self, name: str, type_: str, rng: Random) -> object:
        """A value of a scalar; ids and keys are seldom wrong."""
        match type_:
            case "ID":
                if rng.random() < 0.03:
                    return rng.choice(BAD_IDS)
                return encode_id(rng.choice(self.kinds), rng.choice(KEYS))
            case "Int":
                return rng.randint(0, 5)
            case "Float":
                return rng.choice((0.0, 1.5, -2.25, 3))
            case "Boolean":
                return rng.random() < 0.5
            case "Date":
                return rng.choice(DAYS)
            case "PartialDate":
                return rng.choice(PARTIAL_DATES)
            case "String" if name == "key":
                kind = f"{rng.choice(self.kinds)}:" if rng.random() < 0.3 else ""
                return kind + rng.choice(KEYS)
            case "String" if name == "within":
                return rng.choice(KEYS) if rng.random() < 0.98 else ""
            case "String":
                return rng.choice(TEXTS)
            case _:
                raise TypeError(f"No values of the scalar '{type_}' are known here.")
