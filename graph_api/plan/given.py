"""What a request gave for the arguments of a field, and how to read it again from other variables.

Where an argument comes from a variable, its shape (which fields are given, how long the lists of
inputs are) decides the plan, and its values become parameters. ``Given.read`` finds a value in the
variables of a later request of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    value_from_ast,
)

Variables: TypeAlias = Mapping[str, object]
Reader: TypeAlias = Callable[[Variables], object]


@dataclass(frozen=True, slots=True)
class Given:
    """One value: a scalar, an enum, null, or a list of them."""

    value: object
    read: Reader


GivenTree: TypeAlias = "Given | dict[str, GivenTree] | list[GivenTree]"


def given_arguments(field: GraphQLField, node: FieldNode, variables: Variables) -> dict[str, GivenTree]:
    """The arguments of a field, by name; those left out, or bound to a variable left out, are not there."""
    found: dict[str, GivenTree] = {}
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    for name, argument in field.args.items():
        if name in given:
            tree = _from_literal(given[name], argument.type, variables)
            if tree is not None:
                found[name] = tree
    return found


def _from_literal(node: ValueNode, type_: GraphQLInputType, variables: Variables) -> GivenTree | None:
    if isinstance(node, VariableNode):
        name = node.name.value
        if name not in variables:
            return None
        return _from_variable(variables[name], type_, lambda values: values[name])
    if isinstance(node, NullValueNode):
        return _constant(None)
    if isinstance(node, ObjectValueNode):
        return _from_object_literal(node, _named(type_), variables)
    if is_input_object_type(get_named_type(type_)) and isinstance(node, ListValueNode):
        items = (_from_literal(item, _named(type_), variables) for item in node.values or ())
        return [item for item in items if item is not None]
    return _leaf_literal(node, type_, variables)


def _from_object_literal(
    node: ObjectValueNode, type_: GraphQLInputObjectType, variables: Variables
) -> dict[str, GivenTree]:
    found: dict[str, GivenTree] = {}
    for field in node.fields or ():
        tree = _from_literal(field.value, type_.fields[field.name.value].type, variables)
        if tree is not None:
            found[field.name.value] = tree
    return found


def _leaf_literal(node: ValueNode, type_: GraphQLInputType, variables: Variables) -> Given:
    def read(values: Variables) -> object:
        value = value_from_ast(node, type_, dict(values))
        return None if value is Undefined else value

    return Given(read(variables), read)


def _from_variable(value: object, type_: GraphQLInputType, read: Reader) -> GivenTree:
    nullable = get_nullable_type(type_)
    if value is None or not is_input_object_type(get_named_type(type_)):
        return Given(value, read)
    if is_list_type(nullable):
        items = cast(list[object], value if isinstance(value, list) else [value])
        return [_from_variable(item, _named(type_), _item(read, index)) for index, item in enumerate(items)]
    fields = cast(GraphQLInputObjectType, nullable).fields
    members = cast(dict[str, object], value)
    return {
        name: _from_variable(member, fields[name].type, _item(read, name)) for name, member in members.items()
    }


def _named(type_: GraphQLInputType) -> GraphQLInputObjectType:
    return cast(GraphQLInputObjectType, get_named_type(type_))


def _item(read: Reader, key: str | int) -> Reader:
    return lambda values: read(values)[key]  # type: ignore[index]  # the shape says that it is there


def _constant(value: object) -> Given:
    return Given(value, lambda _: value)
