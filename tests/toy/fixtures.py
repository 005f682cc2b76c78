"""The toy graph on every engine, filled anew for each module that asks it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.access.viewer import Viewer
from graph_api.engine.bolt import BoltStore
from graph_api.serve.execution.context import ROLE, RUNTIME, VIEWER
from graph_api.serve.runtime import Runtime, runtime_of
from tests.toy.graph import fill
from tests.toy.ontology import TOY

Json = dict[str, object]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="write the files of tests/cases anew, to be read before they are committed",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-cases") and os.environ.get("CI"):
        raise pytest.UsageError("--update-cases is for people who read the difference, not for CI")


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph that answers operations, in this process, as the public or another role sees it."""

    runtime: Runtime
    role: str | None = None
    viewer: Viewer | None = None

    async def ask(self, query: str, variables: Mapping[str, object] | None = None) -> ExecutionResult:
        """The answer with its errors."""
        context: dict[str, object] = {RUNTIME: self.runtime}
        if self.role is not None:
            context[ROLE] = self.role
        if self.viewer is not None:
            context |= {VIEWER: self.viewer, ROLE: self.viewer.role}
        result = await self.runtime.schema.strawberry.execute(
            query, variable_values=dict(variables or {}), context_value=context
        )
        assert isinstance(result, ExecutionResult)
        return result

    async def data(self, query: str, variables: Mapping[str, object] | None = None) -> Json:
        """The data of an answer that has no errors."""
        result = await self.ask(query, variables)
        assert not result.errors, [(error.message, error.path) for error in result.errors]
        return cast(Json, result.data)


@pytest.fixture(scope="session")
def toy_graph(store: BoltStore) -> Graph:
    return Graph(runtime_of(TOY, store))


@pytest.fixture(scope="module")
async def toy(toy_graph: Graph, store: BoltStore) -> Graph:
    """The toy graph with its own data in it."""
    await fill(store)
    return toy_graph
