"""Both engines, each started once for the whole session, in directories that are thrown away.

A test that takes ``store`` runs on every engine that ``--engine`` names. An engine that cannot be
started fails the test: an answer that was not checked must not look checked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from graph_api.cypher.dialect import NEO4J, Engine
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.embedded import EmbeddedStore
from graph_api.engine.embedded_command import EngineSettings
from graph_api.engine.neo4j_server import Neo4jServer
from tests.architecture.cypher_rules import broken_rules

BOTH = "both"
# Shorter than in service: a statement whose reader gave up runs on until this limit.
ENGINE_SETTINGS = EngineSettings(statement_seconds=10.0)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=[*Engine, BOTH],
        default=BOTH,
        help="the engine that tests of the store run on",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = list(Engine) if chosen == BOTH else [Engine(chosen)]
        metafunc.parametrize("engine", engines, ids=str, scope="session")


class Recorder:
    """Keeps the statements that the shared stores send, and every text of the whole session."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.texts: set[str] = set()

    def __call__(self, statement: Statement) -> None:
        self.statements.append(statement)
        self.texts.add(statement.text)

    def broken(self) -> list[str]:
        """The rules that these texts break."""
        return [reason for text in sorted(self.texts) for reason in broken_rules(text)]


@pytest.fixture(scope="session")
def recorder() -> Iterator[Recorder]:
    """Fails the last test of a run in which a text broke a rule."""
    found = Recorder()
    yield found
    assert found.broken() == []


@pytest.fixture
def statements(recorder: Recorder) -> list[Statement]:
    """The statements that this test has sent through the shared stores so far."""
    recorder.statements.clear()
    return recorder.statements


@pytest.fixture(scope="session")
async def embedded_store(
    tmp_path_factory: pytest.TempPathFactory, recorder: Recorder
) -> AsyncIterator[BoltStore]:
    store = await EmbeddedStore.start(
        tmp_path_factory.mktemp("embedded"), ENGINE_SETTINGS, observe=recorder, say=_fail_on_crash
    )
    yield store
    await store.close()


@pytest.fixture(scope="session")
async def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Neo4jServer]:
    server = await Neo4jServer.start(tmp_path_factory.mktemp("neo4j"))
    yield server
    await server.stop()


@pytest.fixture(scope="session")
async def neo4j_store(neo4j_server: Neo4jServer, recorder: Recorder) -> AsyncIterator[BoltStore]:
    store = await BoltStore.connect(neo4j_server.settings, NEO4J, observe=recorder)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def store(engine: Engine, request: pytest.FixtureRequest) -> BoltStore:
    """The store of the engine that the test runs on; what is in it, other tests may have left."""
    stores: dict[Engine, str] = {Engine.EMBEDDED: "embedded_store", Engine.NEO4J: "neo4j_store"}
    chosen: BoltStore = request.getfixturevalue(stores[engine])
    return chosen


@pytest.fixture
async def empty_store(store: BoltStore) -> BoltStore:
    """The store, with no node in it."""
    await store.write([Statement("MATCH (n) DETACH DELETE n")])
    return store


def _fail_on_crash(sentence: str) -> None:
    raise AssertionError(sentence)
