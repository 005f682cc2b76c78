from __future__ import annotations

import logging

import pytest

from schema import ontology
from tests.fuzz.comparison import Bench


@pytest.fixture(scope="session")
def bench() -> Bench:
    """The real schema over random rows; made once, which takes a second."""
    return Bench.of(ontology)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Incidents are made on purpose here, thousands of them; their tracebacks would take most of the time."""
    caplog.set_level(logging.CRITICAL, "graph_api.serve.execution.schema")
