"""Opening the store that the settings name, and loading the seeds into it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import FunctionType
from typing import cast

from graph_api.access.keys import DEFINITIONS as KEY_DEFINITIONS
from graph_api.changes.log import DEFINITIONS as LOG_DEFINITIONS
from graph_api.changes.redirects import DEFINITIONS as REDIRECT_DEFINITIONS
from graph_api.changes.version import DEFINITIONS as VERSION_DEFINITIONS
from graph_api.dumps.load import check_whole
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import parse_database_url
from graph_api.engine.definitions import Definition, apply_definitions
from graph_api.engine.embedded import EmbeddedStore
from graph_api.engine.embedded_command import EngineSettings
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError
from graph_api.imports import ImportFile
from graph_api.imports.load import Progress, load
from graph_api.imports.report import LoadReport
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.settings import Settings

Say = Callable[[str], None]


async def open_store(
    settings: Settings,
    ontology: Ontology,
    say: Say,
    *,
    transaction_seconds: float | None = None,
    unfinished: bool = False,
) -> Store:
    """Connect to the database, or start the embedded engine; then create what indexes are missing.

    ``say`` gets a sentence when the embedded engine had to be started again; ``unfinished`` opens also what
    the unfinished load of a dump has left. Raises the errors of ``DatabaseError``, ``InvalidSettingError``,
    ``UnfinishedLoadError`` and those of an unusable data directory.
    """
    store = await _connect(settings, say, transaction_seconds)
    try:
        with _explained(store):
            if not unfinished:
                await check_whole(store)
            await apply_definitions(store, definitions_for(ontology))
    except BaseException:
        await store.close()
        raise
    return store


def definitions_for(ontology: Ontology) -> tuple[Definition, ...]:
    """Every unique key and index that a server needs, of the ontology and of what is no kind of it."""
    return (
        *definitions_of(ontology),
        *VERSION_DEFINITIONS,
        *LOG_DEFINITIONS,
        *REDIRECT_DEFINITIONS,
        *KEY_DEFINITIONS,
    )


@contextlib.contextmanager
def _explained(store: Store) -> Iterator[None]:
    """An error of the embedded engine that a full disk explains, says so."""
    try:
        yield
    except DatabaseError as error:
        if isinstance(store, EmbeddedStore):
            raise store.engine.explained(error) from error
        raise


async def _connect(settings: Settings, say: Say, transaction_seconds: float | None) -> BoltStore:
    if settings.database:
        connection = replace(
            parse_database_url(settings.database),
            max_pool_size=settings.pool_size,
            statement_seconds=settings.statement_seconds,
        )
        if transaction_seconds is not None:
            connection = replace(connection, transaction_seconds=transaction_seconds)
        return await BoltStore.connect(connection)
    limits = EngineSettings(heap=settings.heap, statement_seconds=settings.statement_seconds)
    return await EmbeddedStore.start(settings.data, limits, say=say)


async def load_seeds(
    settings: Settings, store: Store, ontology: Ontology, progress: Progress, *, reload: bool = False
) -> LoadReport:
    """Load the seeds that the settings name, the demonstration included unless it is left out.

    Raises ``DataDirectoryUnusableError`` on a full disk and the errors of ``DatabaseError``.
    """
    catalogue = cast("Callable[..., Sequence[ImportFile]]", imported(settings.seeds, FunctionType))
    with _explained(store):
        return await load(store, ontology, catalogue(demo=settings.demo), progress, reload=reload)
