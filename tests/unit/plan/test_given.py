"""A literal and a variable with the same value are given the same, and are read again alike."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from graphql import (
    FieldNode,
    OperationDefinitionNode,
    ast_from_value,
    build_schema,
    parse,
    print_ast,
    type_from_ast,
)
from graphql.execution.values import get_variable_values
from graphql.language import parse_type

from graph_api.plan.given import Given, GivenTree, given_arguments
from graph_api.serve.runtime import api_schema
from tests.oracle.graph import PlainGraph
from tests.oracle.inputs import Inputs, drawn
from tests.oracle.values import Values
from tests.toy.ontology import TOY

API = api_schema(TOY)
CORE = API.core
PRINTED = build_schema(API.sdl())
"""The same schema with scalars that take texts as they are."""
FILMS = CORE.query_type.fields["films"] if CORE.query_type else None


def given_of(text: str, variables: Mapping[str, object]) -> dict[str, GivenTree]:
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    coerced = get_variable_values(CORE, operation.variable_definitions or (), dict(variables))
    assert not isinstance(coerced, list), coerced
    node = operation.selection_set.selections[0]
    assert isinstance(node, FieldNode)
    assert FILMS is not None
    return given_arguments(FILMS, node, coerced.coerced)


def plain(tree: object) -> object:
    """The values of a tree, without the way to read them."""
    if isinstance(tree, Given):
        return tree.value
    if isinstance(tree, dict):
        return {name: plain(member) for name, member in tree.items()}
    return [plain(item) for item in tree] if isinstance(tree, list) else tree


def without_order(value: object) -> object:
    """Variables are coerced in the order of the schema, literals stand in the order of the text."""
    if isinstance(value, dict):
        return {name: without_order(value[name]) for name in sorted(value)}
    return [without_order(item) for item in value] if isinstance(value, list) else value


def random_where(seed: int) -> object:
    rng = Random(seed)
    tree = Inputs(TOY, Values(PlainGraph()), rng, 3).kind_where(TOY.node("Film"))
    return drawn(tree, rng)


@pytest.mark.parametrize("seed", range(60))
def test_a_literal_is_given_as_a_variable_is(seed: int) -> None:
    where = random_where(seed)
    type_ = type_from_ast(PRINTED, parse_type("FilmWhere"))
    literal = ast_from_value(where, type_)  # type: ignore[arg-type]  # FilmWhere is an input
    assert literal is not None

    as_literal = given_of(f"{{ films(where: {print_ast(literal)}) {{ totalCount }} }}", {})
    as_variable = given_of("query ($w: FilmWhere) { films(where: $w) { totalCount } }", {"w": where})

    assert without_order(plain(as_literal)) == without_order(plain(as_variable))


def test_values_are_read_again_from_other_variables() -> None:
    text = "query ($w: FilmWhere, $n: Int) { films(where: $w, first: $n) { totalCount } }"
    given = given_of(text, {"w": {"or": [{"minutes": {"gt": 1, "in": [1]}}, {"name": {"eq": "a"}}]}, "n": 3})
    where = given["where"]
    assert isinstance(where, dict)
    first, second = where["or"]  # type: ignore[misc]  # a list of two
    later = {"w": {"or": [{"minutes": {"gt": 2, "in": [2, 3]}}, {"name": {"eq": "b"}}]}, "n": 4}

    assert first["minutes"]["gt"].read(later) == 2  # type: ignore[index,union-attr,call-overload]
    assert first["minutes"]["in"].read(later) == [2, 3]  # type: ignore[index,union-attr,call-overload]
    assert second["name"]["eq"].read(later) == "b"  # type: ignore[index,union-attr,call-overload]
    assert isinstance(given["first"], Given)
    assert given["first"].read(later) == 4


def test_what_is_left_out_is_not_there() -> None:
    where = "{minutes: {gt: $n}, not: $w}"
    text = f"query ($w: FilmWhere, $n: Int) {{ films(where: {where}, first: $n) {{ totalCount }} }}"

    assert plain(given_of(text, {})) == {"where": {"minutes": {}}}
    assert plain(given_of(text, {"n": None})) == {"where": {"minutes": {"gt": None}}, "first": None}


def test_one_element_counts_as_a_list() -> None:
    literal = given_of("{ films(orderBy: {name: ASC}) { totalCount } }", {})
    variable = given_of(
        "query ($o: [FilmOrder!]) { films(orderBy: $o) { totalCount } }", {"o": {"name": "ASC"}}
    )

    assert plain(variable) == {"orderBy": [{"name": "ASC"}]} or "orderBy" in variable
    assert "orderBy" in literal
