"""Writing a dump: one state of the graph, whoever writes to it meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from graph_api.dumps.contents import contents, edges, nodes
from graph_api.dumps.files import DumpWriter, new_dump
from graph_api.dumps.lines import Header
from graph_api.dumps.still import Run, State, standing_still, state
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseConflictError, DatabaseTimeoutError, UndumpableGraphError
from graph_api.ontology import Ontology
from graph_api.ontology.digest import ontology_digest

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is done, how many lines of it are done, and how many there are."""

SECONDS: Final = 600.0
"""For which writers are kept waiting at most."""
_ATTEMPTS: Final = 5
_TOLD_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class DumpReport:
    """What was written; ``sha256`` is that of the dump without its trailer, before it is compressed."""

    path: Path
    header: Header
    sha256: str


async def dump_graph(
    store: Store, ontology: Ontology, path: Path, progress: Progress, seconds: float = SECONDS
) -> DumpReport:
    """Write the whole graph to a file; writers wait, for so many seconds at most.

    Raises ``UndumpableGraphError``, ``InvalidSettingError`` for a file that cannot be written,
    ``DatabaseTimeoutError`` when it takes longer, and the other errors of ``DatabaseError``. Then there
    is no file, or the one that was there before.
    """
    with new_dump(path) as writer:
        try:
            async with asyncio.timeout(seconds), standing_still(store) as run:
                header = await _write(run, writer, ontology, progress)
        except TimeoutError as problem:
            raise DatabaseTimeoutError(
                f"The dump took longer than {seconds:g} seconds and was given up, so that writers can go on.",
                remedy="Allow it more time.",
                seconds=seconds,
            ) from problem
        return DumpReport(path, header, writer.finish())


async def _write(run: Run, writer: DumpWriter, ontology: Ontology, progress: Progress) -> Header:
    # Who had begun to write before the graph stood still may commit meanwhile; then it is read again.
    for _ in range(_ATTEMPTS):
        before = await state(run)
        try:
            header = await _write_state(run, writer, ontology, before, progress)
        except UndumpableGraphError:
            # Half of one state and half of another fits together badly too.
            if await state(run) == before:
                raise
        else:
            if await state(run) == before:
                return header
        writer.begin_again()
    raise DatabaseConflictError(
        f"The graph changed during each of {_ATTEMPTS} attempts to read one state of it.",
        remedy="Stop what writes to it, and try again.",
    )


async def _write_state(
    run: Run, writer: DumpWriter, ontology: Ontology, found: State, progress: Progress
) -> Header:
    all_ = await contents(run)
    counts = {":".join(labels): number for labels, number in all_.nodes.items()}
    header = Header(found.graph, found.version, ontology_digest(ontology), counts, all_.edges)
    writer.write(header)
    done = 0
    for lines in (nodes(run, all_), edges(run, all_)):
        async for line in lines:
            writer.write(line)
            done += 1
            if done % _TOLD_EVERY == 0 or done == header.total:
                progress("Dumping the graph", done, header.total)
    return header
