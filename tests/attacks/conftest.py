"""The server under attack: a process of its own on the seeds, whose log is read after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schema import ontology
from tests.attacks.judge import log_faults
from tests.attacks.wire import Asker, asking
from tests.fuzz.comparison import Bench
from tests.programs import Server

GOOD = "{ organizations(first: 1) { nodes { key } } }"


@pytest.fixture
def target(service: Server) -> Iterator[Server]:
    """The server; after the test it must answer, and its log must tell of no failure."""
    before = len(service.said)
    yield service
    answered = service.ask(GOOD)
    assert "errors" not in answered, answered
    assert answered["data"]
    assert log_faults(service.said[before:]) == []


@pytest.fixture
def asker(target: Server) -> Iterator[Asker]:
    with asking(target.port) as found:
        yield found


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Writes valid operations of the real schema."""
    return Bench.of(ontology)
