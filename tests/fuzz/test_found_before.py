"""What the random operations found once, cut down: the same rows, executed both ways."""

from __future__ import annotations

import json

import pytest

from tests.fuzz.comparison import Bench
from tests.fuzz.faults import Row
from tests.fuzz.operations import Operation

NOTHING: dict[str, object] = {}


@pytest.mark.parametrize(
    ("query", "value", "message"),
    [
        # A row that nothing is read from still has to be one.
        ('{ organization(key: "a") { __typename } }', [None], None),
        ("{ organizations { nodes { __typename } } }", [None], "Cannot return null"),
        ("{ organizations { edges { __typename } } }", [None], "INCIDENT"),
        ("{ organizations { edges { __typename } } }", [5], "INCIDENT"),
        ("{ organizations { __typename } }", None, "INCIDENT"),
        ("{ organizations { nodes @skip(if: true) { key } } }", None, "INCIDENT"),
        # Only the cursor that was asked for is made: the other row's may be broken.
        ("{ organizations { pageInfo { endCursor } } }", [[5], [["a"]]], None),
        ("{ organizations { pageInfo { startCursor } } }", [[5], [["a"]]], "INCIDENT"),
        # A text has a length and can be read backward, and is no list of rows.
        ("{ organizations(last: 2) { pageInfo { hasNextPage } } }", "rows", "INCIDENT"),
        # A count that GraphQL's Int cannot hold.
        ("{ organizations { totalCount } }", [2**31], "non 32-bit signed integer"),
    ],
)
async def test_faulty_rows(bench: Bench, query: str, value: object, message: str | None) -> None:
    errors = await errors_of(bench, query, NOTHING, [[value]])

    assert (message is None and errors == "[]") or (message is not None and message in errors)


@pytest.mark.parametrize(
    "query",
    [
        'query($a: String = "x") { organization(key: $a) { name } }',
        'query($a: String = "x") { entity(key: $a) { name } }',
        'query($a: ID = "x") { node(id: $a) { id } }',
        "query($a: [ID!] = []) { nodes(ids: $a) { id } }",
        "query($a: OrganizationWhere = {}) { organizations(where: {and: [$a]}) { totalCount } }",
        "query($a: OrganizationOrder = {name: ASC}) { organizations(orderBy: [$a]) { totalCount } }",
        'query($a: String = "x") { organizations(where: {key: {in: ["b", $a]}}) { totalCount } }',
        "query($a: Boolean = true) { organizations { nodes { name @skip(if: $a) } } }",
        # Deeper down, where the graph was asked long before graphql-core would see the argument.
        'query($a: String = "x") { organizations { nodes { '
        "memberships(where: {node: {key: {in: [$a]}}}) { totalCount } } } }",
    ],
)
async def test_a_null_where_validation_saw_a_default(bench: Bench, query: str) -> None:
    errors = await errors_of(bench, query, {"a": None}, [[[]]])

    assert "Expected variable '$a' provided to non-null type" in errors
    assert not bench.store.statements, "a filter that is not one must not be left out"


async def errors_of(bench: Bench, query: str, values: dict[str, object], rows: list[Row]) -> str:
    bench.store.given = rows
    try:
        pair = await bench.pair(Operation(query, ()), values, "found before", 0)
    finally:
        bench.store.given = None
    assert not pair.differ, f"{pair.compiled}\n{pair.completed}"
    return json.dumps(pair.errors)
