"""What a role may not see is in no line, no count and no list of a table."""

from __future__ import annotations

from typing import cast

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.changes.version import raise_version, set_restricted
from graph_api.coverage.declare import AxisOf, CountedKind, CoverageDeclaration, coverage_of
from graph_api.engine.bolt import BoltStore
from graph_api.serve.declared import Declared
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.runtime import Runtime, runtime_of
from tests.visibility.test_restricted_domain import FILL, HOUSES, Role, Room

COUNTED = CoverageDeclaration(
    (
        CountedKind(
            Room, (AxisOf("HOUSE", "The house.", "house"), AxisOf("NOTE", "The notes on the door.", "notes"))
        ),
    )
)
QUERY = """{ coverage(rows: {by: HOUSE}, columns: {by: NOTE}) {
  rowKeys columnKeys cells { rowKey columnKey count rooms { nodes { key } } }
} }"""


@pytest.fixture
async def houses(empty_store: BoltStore) -> Runtime:
    await empty_store.write([FILL])
    await empty_store.write([raise_version(), set_restricted(["House"])])
    runtime = runtime_of(HOUSES, empty_store, Declared(coverage=coverage_of(COUNTED, HOUSES)))
    await runtime.versions.ask()
    return runtime


@pytest.mark.parametrize(
    ("role", "rows", "columns", "cells"),
    [
        (Role.PUBLIC, ["a"], ["n"], [("a", "n", ["a1"])]),
        (Role.STAFF, ["a", "b"], ["m", "n"], [("a", "n", ["a1"]), ("b", "m", ["b1"])]),
        (
            Role.CHIEF,
            ["a", "b"],
            ["m", "n", "o"],
            [("a", "n", ["a1"]), ("a", "o", ["a1"]), ("b", "m", ["b1"])],
        ),
    ],
)
async def test_a_table_is_made_of_what_a_role_sees(
    houses: Runtime, role: Role, rows: list[str], columns: list[str], cells: list[tuple[str, str, list[str]]]
) -> None:
    result = await houses.schema.strawberry.execute(QUERY, context_value={RUNTIME: houses, ROLE: role.name})

    assert isinstance(result, ExecutionResult)
    assert not result.errors
    found = cast("dict[str, list[dict[str, object]]]", (result.data or {})["coverage"])
    assert (found["rowKeys"], found["columnKeys"]) == (cast(object, rows), cast(object, columns))
    shown = [
        (cell["rowKey"], cell["columnKey"], cast("dict[str, list[dict[str, str]]]", cell["rooms"])["nodes"])
        for cell in found["cells"]
    ]
    assert shown == [(row, column, [{"key": key} for key in keys]) for row, column, keys in cells]
