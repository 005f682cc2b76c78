"""Loading a dump: into an empty database, in batches, and never served before it is whole.

The first thing stored is a mark, and the last transaction takes it away. Who finds the mark finds a part of
a graph: ``check_whole`` refuses it, and loading a dump removes it and begins anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from graph_api.changes.version import LABEL as VERSION
from graph_api.changes.version import mark_loaded
from graph_api.cypher.statement import Statement
from graph_api.dumps import statements
from graph_api.dumps.dump import Progress
from graph_api.dumps.files import CheckedDump, check_dump
from graph_api.dumps.lines import EdgeLine, Header, NodeLine
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseNotEmptyError, UnfinishedLoadError, UnusableDumpError
from graph_api.ontology import Ontology
from graph_api.ontology.digest import ontology_digest
from graph_api.values import Value

BATCH: Final = 1000
_BATCH_CHARACTERS: Final = 4_000_000


async def check_whole(store: Store) -> None:
    """Raise ``UnfinishedLoadError`` when the last load of a dump was not finished."""
    rows = await store.read(statements.find_mark())
    if rows:
        raise UnfinishedLoadError(
            f"The load of {rows[0][0]} into this database was not finished: it holds a part of a graph.",
            remedy="Load the dump again; the part is removed first.",
            file=str(rows[0][0]),
        )


async def load_dump(
    store: Store,
    ontology: Ontology,
    path: Path,
    progress: Progress,
    *,
    replace: bool = False,
    any_ontology: bool = False,
) -> Header:
    """Load a dump; the unique keys and indexes are there already.

    Everything about the file and the database is checked before anything is written: raises
    ``UnusableDumpError``, also for a dump of another ontology unless it is allowed, and
    ``DatabaseNotEmptyError`` unless what is there is to be replaced, or is left of an unfinished load.
    Raises the errors of ``DatabaseError``; after one the database is marked as unfinished.
    """
    found = check_dump(path)
    if found.header.ontology != ontology_digest(ontology) and not any_ontology:
        raise UnusableDumpError(
            f"{path} is the dump of another ontology, or of another version of this one.",
            remedy="Load it with the version that wrote it, or allow any ontology and check what it holds.",
            file=str(path),
        )
    begun = bool(await store.read(statements.find_mark()))
    rows = await store.read(statements.find_any())
    if rows and not begun and not replace:
        raise DatabaseNotEmptyError(
            "The database is not empty.",
            remedy="Load into an empty one, or have all that is there replaced (--replace).",
        )
    await store.write([statements.put_mark(path.name, found.sha256)])
    if rows:
        await _clear(store)
    await _Loader(store, found, progress).run()
    return found.header


async def _clear(store: Store) -> None:
    deleted = 1
    while deleted:
        async with store.transaction() as transaction:
            deleted = cast(int, (await transaction.run(statements.delete_some(BATCH)))[0][0])


class _Loader:
    def __init__(self, store: Store, found: CheckedDump, progress: Progress) -> None:
        self._store = store
        self._found = found
        self._progress = progress
        self._done = 0
        # Last of all, with the end of the mark: a server that looks on sees no version before that.
        self._version: list[NodeLine] = []

    async def run(self) -> None:
        batch: list[NodeLine | EdgeLine] = []
        characters = 0
        for line in self._found.lines():
            if isinstance(line, NodeLine) and line.label == VERSION:
                self._version.append(line)
                continue
            if batch and (
                len(batch) == BATCH
                or characters > _BATCH_CHARACTERS
                or isinstance(batch[0], NodeLine) != isinstance(line, NodeLine)
            ):
                await self._store_batch(batch)
                batch, characters = [], 0
            batch.append(line)
            characters += sum(len(value) for value in line.properties.values() if isinstance(value, str))
        if batch:
            await self._store_batch(batch)
        await self._finish()

    async def _store_batch(self, batch: Sequence[NodeLine | EdgeLine]) -> None:
        async with self._store.transaction() as transaction:
            for statement, wanted in _statements(batch):
                stored = (await transaction.run(statement))[0][0]
                if stored != wanted:
                    raise UnusableDumpError(
                        f"{self._found.path} has edges whose ends it does not hold.",
                        remedy="The database is marked as unfinished. Load another dump.",
                        file=str(self._found.path),
                    )
        self._done += len(batch)
        self._progress("Loading the dump", self._done, self._found.header.total)

    async def _finish(self) -> None:
        last = [statement for statement, _ in _statements(self._version)]
        if self._version:
            last.append(mark_loaded())
        await self._store.write([*last, statements.drop_mark()])


def _statements(batch: Sequence[NodeLine | EdgeLine]) -> list[tuple[Statement, int]]:
    """What stores a batch, each with the number that it answers when everything was stored."""
    nodes: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[Value]] = defaultdict(list)
    for line in batch:
        if isinstance(line, NodeLine):
            nodes[line.labels].append({"key": line.key, "properties": dict(line.properties)})
        else:
            (source, source_key), (target, target_key) = line.source, line.target
            ends: dict[str, Value] = {"source": source_key, "target": target_key}
            edges[line.type, source, target].append(ends | {"properties": dict(line.properties)})
    return [
        *((statements.create_nodes(labels, rows), len(rows)) for labels, rows in nodes.items()),
        *((statements.create_edges(*found, rows), len(rows)) for found, rows in edges.items()),
    ]
