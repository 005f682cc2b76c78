"""What the random operations found once, cut down: the same rows, executed both ways."""

from __future__ import annotations

import json

import pytest

from graph_api.plan.global_id import encode_id
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


@pytest.mark.parametrize(
    ("query", "right", "wrong", "code"),
    [
        # What decides a plan can be refused; the short way looks at it before anything else.
        ("query($a: ID!) { node(id: $a) { id } }", encode_id("Network", "a"), "zz", "INVALID_ID"),
        ("query($a: [ID!]!) { nodes(ids: $a) { id } }", [], ["zz"], "INVALID_ID"),
        ("query($a: Int) { networks(first: $a) { totalCount } }", 1, -1, "INVALID_PAGE"),
        ("query($a: String) { networks(after: $a) { totalCount } }", None, "zz", "INVALID_CURSOR"),
    ],
)
async def test_a_known_operation_with_a_refused_value(
    bench: Bench, query: str, right: object, wrong: object, code: str
) -> None:
    operation = Operation(query, ())
    assert not (await bench.pair(operation, {"a": right}, "found before", 0)).errors

    pair = await bench.pair(operation, {"a": wrong}, "found before", 0)

    assert not pair.differ
    assert code in json.dumps(pair.errors)


async def test_a_known_operation_and_a_store_with_a_defect(bench: Bench) -> None:
    operation = Operation('{ network(key: "a") { name } country(key: "b") { name } }', ())
    bench.store.begin("found before", 0)
    assert not (await bench.execute(operation, NOTHING, bench.public)).errors
    bench.store.given = RuntimeError("A defect.")
    try:
        [response] = await bench.short(operation, NOTHING, bench.public)
    finally:
        bench.store.given = None

    assert response["data"] == {"network": None, "country": None}
    assert json.dumps(response["errors"]).count('"INTERNAL"') == 2


async def errors_of(bench: Bench, query: str, values: dict[str, object], rows: list[Row]) -> str:
    bench.store.given = rows
    try:
        pair = await bench.pair(Operation(query, ()), values, "found before", 0)
    finally:
        bench.store.given = None
    assert not pair.differ, f"{pair.compiled}\n{pair.completed}"
    return json.dumps(pair.errors)
