"""Importing a text as a file into a store, and the outcomes in short."""

from __future__ import annotations

from pathlib import Path

from graph_api.engine.protocol import Store
from graph_api.imports.rows.decision import FindDuplicates
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import ImportReport, Mode, Outcome
from graph_api.imports.rows.run import Options, Progress, import_file, no_progress
from graph_api.imports.rows.spool import read_outcomes
from tests.imports.library_domain import library

SOURCE = Defaults(source="CATALOGUE")
PAPERS = "key,name,synthetic\nCATALOGUE,The catalogue,false\n"
SHELVES = "key,name,name_fr\nS-1,Upper shelf,Étagère du haut\nS-2,Lower shelf,Étagère du bas\n"


async def run(
    store: Store,
    directory: Path,
    name: str,
    content: str | bytes | None,
    mode: Mode = Mode.ALL,
    find_duplicates: FindDuplicates | None = None,
    progress: Progress = no_progress,
    **options: object,
) -> ImportReport:
    """Import a file of this name and content; without a content the one that is there."""
    path = directory / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    chosen = Options(mode=mode, **{"defaults": SOURCE, **options})  # type: ignore[arg-type]  # the tests' own
    spool = directory / "spool.jsonl"
    return await import_file(
        store, library, path, chosen, spool, progress=progress, find_duplicates=find_duplicates
    )


async def with_shelves(store: Store, directory: Path) -> None:
    """A catalogue and two shelves in the store."""
    for name, text, source in (("papers.csv", PAPERS, ""), ("shelves.csv", SHELVES, "CATALOGUE")):
        report = await run(store, directory, name, text, defaults=Defaults(source))
        assert report.stored


def outcomes(directory: Path) -> list[Outcome]:
    """Every outcome of the last import, by sheet and row."""
    return sorted(read_outcomes(directory / "spool.jsonl"), key=lambda each: (each.sheet, each.row))


def short(directory: Path) -> list[tuple[int, str]]:
    """Rows and what became of them."""
    return [(each.row, str(each.kind)) for each in outcomes(directory)]


def problems(directory: Path) -> list[tuple[int, str, str, str]]:
    """Row, column, reason and suggestion of everything that is wrong."""
    return [
        (each.row, problem.column, problem.reason, problem.suggestion)
        for each in outcomes(directory)
        for problem in each.problems
    ]
