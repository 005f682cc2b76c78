"""The cost of plans, worked out by hand."""

from __future__ import annotations

import pytest

from graph_api.plan.cost import COUNT_COST, GROUPS_COST, SOURCES
from graph_api.serve.execution.context import COST, RUNTIME
from graph_api.serve.runtime import runtime_of
from tests.toy.ontology import TOY


class _NoStore:
    """Nothing is read: the cost is known before."""

    async def read(self, _statement: object) -> list[list[object]]:
        return [[[]]]


@pytest.mark.parametrize(
    ("query", "variables", "cost"),
    [
        ('{ film(key: "x") { name } }', {}, 1),
        ("{ films { nodes { key } } }", {}, 100),
        ("{ films(first: 7) { nodes { key } } }", {}, 7),
        ("query Q($n: Int) { films(last: $n) { nodes { key } } }", {"n": 9}, 9),
        ("{ films(first: 7) { totalCount } }", {}, COUNT_COST),
        ("{ films(first: 7) { pageInfo { hasNextPage } } }", {}, 0),
        ("{ films(first: 7) { edges { node { key } } nodes { key } } }", {}, 7 * (2 + 1)),
        ("{ films(first: 7) { nodes { cast(first: 3) { totalCount nodes { key } } } } }", {},
         7 * (1 + COUNT_COST + 3)),
        ("{ films(first: 7) { nodes { sources { key } } } }", {}, 7 * (1 + SOURCES)),
        ("query Q($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": []}, 0),
        ("{ a: films(first: 2) { nodes { key } } b: people(first: 3) { nodes { key } } }", {}, 5),
        ("{ things: nodes(ids: []) { ... on Film { cast(first: 5) { nodes { key } } } } }", {}, 0),
        ("{ films(first: 1) { groups(by: [GENRE]) { count } } }", {}, GROUPS_COST),
    ],
)  # fmt: skip
async def test_a_cost_is_what_the_answer_can_hold(
    query: str, variables: dict[str, object], cost: int
) -> None:
    runtime = runtime_of(TOY, _NoStore())  # type: ignore[arg-type]  # nothing is read
    context: dict[str, object] = {RUNTIME: runtime}
    await runtime.schema.strawberry.execute(query, variable_values=variables, context_value=context)

    assert context[COST] == cost
