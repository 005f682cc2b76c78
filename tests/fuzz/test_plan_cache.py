"""Plans are kept by shape: never made twice, never used for another shape, never more than a bound."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from random import Random
from types import FunctionType, MethodType
from typing import TypeAlias, cast

import pytest
from graphql import GraphQLEnumType, Token

from graph_api.cypher.statement import Statement
from graph_api.plan.cursor import encode_cursor
from graph_api.plan.global_id import encode_id
from graph_api.plan.tree import Connection, PlanNode, rewrite
from graph_api.serve.execution import documents, plan_cache
from graph_api.serve.execution.documents import DocumentCache
from graph_api.serve.execution.plan_cache import CompiledField
from tests.fuzz.comparison import Bench
from tests.fuzz.operations import Operation

Values: TypeAlias = Mapping[str, object]
DAY = "2020-02-29"
LIST = """
query($where: OrganizationWhere, $orderBy: [OrganizationOrder!], $first: Int, $after: String) {
  organizations(where: $where, orderBy: $orderBy, first: $first, after: $after) {
    nodes { key name memberships(first: $first) { totalCount } }
    pageInfo { endCursor }
  }
}
"""
NODE = """
query($id: ID!, $a: String, $b: String) {
  node(id: $id) {
    ... on Organization { memberships(orderBy: {since: ASC}, after: $a) { edges { cursor } } }
    ... on Network { members(orderBy: {since: ASC}, after: $b) { edges { cursor } } }
  }
}
"""


@pytest.fixture
def empty(bench: Bench) -> Bench:
    """The bench with no plan in it."""
    bench.forget_plans()
    return bench


async def statements(bench: Bench, query: str, values: Values) -> list[Statement]:
    """What a request sends to the database."""
    bench.store.begin("rows", 0)
    result = await bench.execute(Operation(query, ()), values, bench.public)
    assert not result.errors, result.errors
    return list(bench.store.statements)


async def freshly(bench: Bench, query: str, values: Values) -> list[Statement]:
    """What it sends when nothing was planned before."""
    kept = bench.plans
    bench.forget_plans()
    try:
        return await statements(bench, query, values)
    finally:
        bench.use(kept)


# ── Once a shape ──────────────────────────────────────────────────────────────────────────────


async def test_a_thousand_requests_with_other_values_are_one_plan_and_one_text(empty: Bench) -> None:
    sent = []
    for number in range(1000):
        where = {
            "name": {"contains": f"name {number}"},
            "membershipsCount": {"gte": number},
            "country": {"key": {"in": [f"C{each}" for each in range(number % 7)]}},
            "memberships": {
                "some": {"since": {"gte": f"{1000 + number}"}, "node": {"key": {"ne": f"{number}"}}}
            },
        }
        values = {
            "where": where,
            "orderBy": [{"name": "DESC"}, {"country": {"name": "ASC"}}],
            "first": number,
        }
        sent += await statements(empty, LIST, values)

    assert len(sent) == 1000
    assert (empty.plans.misses, empty.plans.hits) == (1, 999)
    assert len({statement.text for statement in sent}) == 1
    assert len({repr(statement.parameters) for statement in sent}) == 1000


async def test_values_of_an_enum_share_the_text(empty: Bench) -> None:
    kinds = cast(GraphQLEnumType, empty.core.type_map["OrganizationKind"]).values
    assert len(kinds) > 1

    sent = [await statements(empty, LIST, {"where": {"kind": {"eq": kind}}}) for kind in kinds]

    assert len({statement.text for [statement] in sent}) == 1


# ── Another shape, another plan ───────────────────────────────────────────────────────────────

SHAPES: list[Values] = [
    {},
    {"where": None},
    {"where": {}},
    {"where": {"name": {"eq": "a"}}},
    {"where": {"name": {"contains": "a"}}},
    {"where": {"name": {"contains": "a", "startsWith": "a"}}},
    {"where": {"name": {"isNull": True}}},
    {"where": {"name": {"isNull": False}}},
    {"where": {"or": []}},
    {"where": {"or": [{"name": {"eq": "a"}}]}},
    {"where": {"or": [{"name": {"eq": "a"}}, {"name": {"eq": "b"}}]}},
    {"where": {"not": {"name": {"eq": "a"}}}},
    {"orderBy": []},
    {"orderBy": [{"name": "ASC"}]},
    {"orderBy": [{"name": "DESC"}]},
    {"orderBy": [{"name": "ASC"}, {"founded": "ASC"}]},
    {"orderBy": [{"founded": "ASC"}, {"name": "ASC"}]},
    {"orderBy": [{"country": {"name": "ASC"}}]},
]


async def test_each_shape_is_planned_for_itself(empty: Bench) -> None:
    for values in SHAPES:
        await statements(empty, LIST, values)
    assert empty.plans.misses == len(SHAPES)

    for values in Random(1).sample(SHAPES, len(SHAPES)):
        assert await statements(empty, LIST, values) == await freshly(empty, LIST, values)
    assert empty.plans.misses == len(SHAPES)


async def test_a_cursor_after_a_null_is_another_plan_than_one_after_a_value(empty: Bench) -> None:
    order = [{"founded": "ASC"}]
    [first] = await statements(empty, LIST, {"orderBy": order})
    signature = lists(empty, first)[-1].signature
    known = encode_cursor(signature, [DAY, DAY, "K"])
    unknown = encode_cursor(signature, [None, None, "K"])

    texts = []
    for cursor in (known, unknown, known, unknown):
        values = {"orderBy": order, "after": cursor}
        sent = await statements(empty, LIST, values)
        assert sent == await freshly(empty, LIST, values)
        texts.append(sent[0].text)

    assert texts[0] == texts[2] != texts[1] == texts[3]
    assert (empty.plans.misses, empty.plans.hits) == (3, 2)


async def test_the_kind_in_an_id_decides_the_plan(empty: Bench) -> None:
    texts = {}
    for kind in ("Organization", "Network", "Country"):
        for key in ("A", "B"):
            values = {"id": encode_id(kind, key)}
            sent = await statements(empty, NODE, values)
            assert sent == await freshly(empty, NODE, values)
            texts[kind, key] = sent[0].text

    assert len(set(texts.values())) == 3
    assert empty.plans.misses == 3


async def test_the_kind_in_a_key_decides_the_plan(empty: Bench) -> None:
    query = "query($key: String!) { entity(key: $key) { name } }"

    for key in ("A", "Organization:A", "Network:A", "Nobody:A", "B", "Organization:B", "Nobody:B", "A:B:C"):
        assert await statements(empty, query, {"key": key}) == await freshly(empty, query, {"key": key})


async def test_what_decides_one_plan_is_not_what_decides_another(empty: Bench) -> None:
    """Organizations depend on ``$a`` and networks on ``$b``; the kind says which of the two counts."""
    organization, network = encode_id("Organization", "K"), encode_id("Network", "K")
    cursors = {}
    for variable, identifier in (("a", organization), ("b", network)):
        [sent] = await statements(empty, NODE, {"id": identifier})
        [found] = lists(empty, sent)
        cursors[variable] = [
            encode_cursor(found.signature, [DAY, DAY, "K", "K"]),
            encode_cursor(found.signature, [None, None, "K", "K"]),
        ]

    requests = [
        {"id": identifier, "a": a, "b": b}
        for identifier in (organization, network)
        for a in cursors["a"]
        for b in cursors["b"]
    ]
    for seed in range(20):
        empty.forget_plans()
        for values in Random(seed).sample(requests * 2, 2 * len(requests)):
            assert await statements(empty, NODE, values) == await freshly(empty, NODE, values), seed


async def test_random_operations_get_the_plan_of_their_shape(bench: Bench) -> None:
    """Each operation with several values, cursors of its own answers among them, from one cache."""
    for seed in range(150):
        rng = Random(f"plans {seed}")
        operation = bench.operation(rng)
        bench.store.begin(f"{seed}", 0)
        cursors: dict[str, object] = {}
        for run in range(4):
            values = operation.values(rng) | {
                name: found for name, found in cursors.items() if rng.random() < 0.7
            }
            cached = await sent_by(bench, operation, values)
            kept = bench.plans
            bench.forget_plans()
            result, fresh = await sent_by(bench, operation, values)
            bench.use(kept)
            assert cached[1] == fresh, f"seed {seed}, run {run}\n{operation.text}\n{values}"
            cursors |= operation.cursors(result, rng)


async def sent_by(bench: Bench, operation: Operation, values: Values) -> tuple[object, list[Statement]]:
    bench.store.statements.clear()
    result = await bench.execute(operation, values, bench.public)
    return result.data, list(bench.store.statements)


def lists(bench: Bench, statement: Statement) -> list[Connection]:
    """The lists in the plan of a statement, from the inside out."""
    found = []

    def look(node: PlanNode) -> PlanNode:
        if isinstance(node, Connection):
            found.append(node)
        return node

    rewrite(bench.plans.plans[statement.text], look)
    return found


# ── Bounds ────────────────────────────────────────────────────────────────────────────────────


def plans_alive() -> int:
    gc.collect()
    return alive(CompiledField)


async def test_shapes_of_an_operation_are_bounded(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cache, "MAX_SHAPES", 5)
    before = plans_alive()

    for _ in range(2):
        for values in SHAPES:
            assert await statements(empty, LIST, values) == await freshly(empty, LIST, values)

    assert plans_alive() - before <= 5
    assert empty.plans.misses > len(SHAPES)


async def test_operations_are_bounded(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cache, "MAX_OPERATIONS", 5)
    before = plans_alive()

    for number in range(20):
        await statements(empty, f"{{ organizations(first: {number}) {{ totalCount }} }}", {})

    assert plans_alive() - before <= 5


async def test_the_operations_used_last_stay(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cache, "MAX_OPERATIONS", 3)
    often = "{ organizations { totalCount } }"

    for number in range(10):
        await statements(empty, often, {})
        await statements(empty, f"{{ networks(first: {number}) {{ totalCount }} }}", {})

    assert empty.plans.hits == 9


async def test_documents_are_bounded(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENTS", 5)
    cache = document_cache(empty)

    for number in range(20):
        await statements(empty, f"{{ networks(last: {number}) {{ totalCount }} }}", {})

    assert len(cache.known) <= 5


async def test_documents_are_bounded_by_their_characters(
    empty: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_CHARACTERS", 1000)
    cache = document_cache(empty)

    for number in range(20):
        await statements(empty, f"{{ networks(last: {number}) {{ totalCount }} }} # " + "long " * 20, {})

    assert 5 <= len(cache.known) <= 8
    assert cache.size == sum(map(len, cache.known)) <= 1000


async def test_a_forgotten_document_is_freed_at_once_with_its_plans(
    empty: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENTS", 5)
    gc.collect()
    gc.disable()
    try:
        before = alive(CompiledField), alive(Token), shapers_alive()
        for number in range(20):
            await statements(empty, f"{{ networks(last: {number}) {{ totalCount }} }}", {})
            # Only what is young: the execution's own circles, which hold the document.
            gc.collect(0)
        plans, tokens = alive(CompiledField) - before[0], alive(Token) - before[1]
        shapers = shapers_alive() - before[2]
    finally:
        gc.enable()

    assert plans <= 5
    assert tokens <= 5 * 14
    assert shapers <= 5


def alive(kind: type) -> int:
    return sum(isinstance(found, kind) for found in gc.get_objects())


def shapers_alive() -> int:
    """The generated functions; that of a total alone is one."""
    return sum(
        isinstance(found, FunctionType) and found.__code__.co_filename == "<shaper>"
        for found in gc.get_objects()
    )


async def test_very_long_documents_are_not_kept(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_TEXT", 100)
    cache = document_cache(empty)
    kept = set(cache.known)

    await statements(empty, "{ networks { totalCount } } # " + "long " * 100, {})

    assert set(cache.known) == kept


def document_cache(bench: Bench) -> DocumentCache:
    """The cache, whose bound method makes the extension of each operation."""
    extensions = cast("list[object]", bench.runtime.schema.strawberry.extensions)
    makers = [each.__self__ for each in extensions if isinstance(each, MethodType)]
    [cache] = [each for each in makers if isinstance(each, DocumentCache)]
    return cache
