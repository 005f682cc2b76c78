"""The load of a list of files: each is skipped when it is unchanged, stored as a whole, or rejected."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from graph_api.changes.items import Header
from graph_api.engine.protocol import Row as StoreRow
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError
from graph_api.imports import statements
from graph_api.imports.prepare import PreparedFile, prepare
from graph_api.imports.records import BrokenRowError, RowError, RowPlace, SetAside
from graph_api.imports.report import FileReport, FileStatus, LoadReport
from graph_api.imports.tables import ImportFile
from graph_api.imports.write import write_file
from graph_api.ontology import Ontology
from graph_api.values import Value

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the file's label, how many of its records are stored, and how many there are."""

LOAD = "load"
"""The command that stands in the log for a file of the installation."""
ACTOR = "server"
"""Who stands in the log for what the server does by itself."""
FORMAT = "2"
"""Changes when what is stored for a record changes, so that every file is loaded again."""


def no_progress(label: str, done: int, total: int) -> None:
    """Tell nobody."""


async def load(
    store: Store,
    ontology: Ontology,
    files: Sequence[ImportFile],
    progress: Progress = no_progress,
    *,
    reload: bool = False,
) -> LoadReport:
    """Load the files in their order; ``reload`` also loads those that are unchanged.

    A file with a broken row is rejected and the next one is taken; the report says it all. Loading
    twice gives the same graph. Raises ``DatabaseError`` when the database fails.
    """
    begun = time.perf_counter()
    remembered = {} if reload else {str(row[0]): row for row in await store.read(statements.loaded_files())}
    reports = []
    for file in files:
        reports.append(await _load_file(store, ontology, file, remembered, progress))
    return LoadReport(tuple(reports), time.perf_counter() - begun)


async def _load_file(
    store: Store,
    ontology: Ontology,
    file: ImportFile,
    remembered: Mapping[str, StoreRow],
    progress: Progress,
) -> FileReport:
    try:
        content = file.path.read_bytes()
        digest = _digest(file, content)
    except OSError as problem:
        reason = f"it cannot be read: {problem.strerror}"
        return _rejected(file, None, [RowError(RowPlace(file.label, 0), "", "", reason)])
    earlier = remembered.get(file.label)
    if earlier is not None and earlier[1] == digest:
        return _unchanged(file, earlier)
    prepared = prepare(ontology, file, content)
    if prepared.errors:
        return _rejected(file, prepared, prepared.errors)
    memory = statements.remember_file(file.label, _memory(prepared, digest))
    try:
        header = Header(LOAD, f"{file.label} loaded", ACTOR, ontology.roles[-1] if ontology.roles else "")
        await write_file(store, ontology, prepared, header, memory, _counter(file.label, prepared, progress))
    except BrokenRowError as problem:
        return _rejected(file, prepared, problem.errors)
    return FileReport(
        file.label,
        FileStatus.LOADED,
        prepared.rows,
        len(prepared.nodes),
        len(prepared.edges),
        prepared.set_aside,
    )


def _digest(file: ImportFile, content: bytes) -> str:
    digest = hashlib.sha256(f"{FORMAT} {file.table.version} ".encode())
    for part in (content, *(path.read_bytes() for path in file.rests_on)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _counter(label: str, file: PreparedFile, progress: Progress) -> Callable[[int], None]:
    total = len(file.nodes) + len(file.edges)
    done = 0

    def advance(number: int) -> None:
        nonlocal done
        done += number
        progress(label, done, total)

    return advance


def _rejected(file: ImportFile, prepared: PreparedFile | None, errors: Sequence[RowError]) -> FileReport:
    if prepared is None:
        return FileReport(file.label, FileStatus.REJECTED, 0, 0, 0, (), tuple(errors))
    return FileReport(file.label, FileStatus.REJECTED, prepared.rows, 0, 0, prepared.set_aside, tuple(errors))


def _memory(file: PreparedFile, digest: str) -> dict[str, Value]:
    """What is remembered of a file: enough to say at the next start what was set aside, unread."""
    return {
        "digest": digest,
        "rows": file.rows,
        "nodes": len(file.nodes),
        "edges": len(file.edges),
        "set_aside_lines": [found.place.line for found in file.set_aside],
        "set_aside_columns": [found.column for found in file.set_aside],
        "set_aside_values": [found.value for found in file.set_aside],
        "set_aside_reasons": [found.reason for found in file.set_aside],
    }


def _unchanged(file: ImportFile, row: StoreRow) -> FileReport:
    _, _, rows, nodes, edges, *aside = row
    if not (isinstance(rows, int) and isinstance(nodes, int) and isinstance(edges, int)):
        raise DatabaseError(f"What is remembered of {file.label} cannot be read.", remedy="Reload the files.")
    columns = [column if isinstance(column, list) else [] for column in aside]
    set_aside = tuple(
        SetAside(RowPlace(file.label, int(line)), str(column), str(value), str(reason))
        for line, column, value, reason in zip(*columns, strict=True)
    )
    return FileReport(file.label, FileStatus.UNCHANGED, rows, nodes, edges, set_aside)
