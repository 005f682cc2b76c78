"""A store for keys, empty but for its unique keys, and an issuer of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pytest

from graph_api.access.keys import DEFINITIONS
from graph_api.changes.version import DEFINITIONS as VERSION_DEFINITIONS
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from tests.access.issuer import Issuer, start, stop

KeyStore: TypeAlias = BoltStore


@pytest.fixture
async def key_store(empty_store: BoltStore) -> KeyStore:
    """The store of the engine that the test runs on, ready for keys."""
    await apply_definitions(empty_store, (*DEFINITIONS, *VERSION_DEFINITIONS))
    return empty_store


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """An issuer of tokens without keys."""
    started = start()
    yield started
    stop(started)
