"""Runs imports in this process, and finds out what became of those whose process has ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.errors import GraphError, ImportNotReadyError
from graph_api.imports import statements
from graph_api.imports.rows.decision import FindDuplicates
from graph_api.imports.rows.outcomes import ImportReport, Mode, OutcomeKind
from graph_api.imports.rows.render import report_json
from graph_api.imports.rows.run import Options, import_file
from graph_api.ontology import Ontology
from graph_api.serve.execution.context import masked
from graph_api.serve.http.imports.jobs import Job, JobState, JobStore

_LOG = logging.getLogger(__name__)
_MARK = "import:"
"""Before the id of an import that is stored, in the keys of what is remembered of loaded files."""
_FINDS_MARK = f"MATCH (f:{statements.FILE_LABEL} {{key: $key}}) RETURN f.key"


@dataclass(slots=True)
class ImportRunner:
    """Runs imports one after the other. ``committed`` is called after each that is stored,
    ``finder`` makes for a role what looks for duplicates."""

    store: Store
    ontology: Ontology
    jobs: JobStore
    committed: Callable[[], Awaitable[None]]
    finder: Callable[[str], FindDuplicates] | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def check(self, job: Job, options: Options) -> None:
        """Begin to look at a file; what it would do is in the report."""
        self._begin(job, replace(options, mode=Mode.DRY_RUN))

    def commit(self, job: Job, options: Options, *, by_rows: bool) -> Job:
        """Begin to store a file that was looked at.

        Raises ``ImportNotReadyError`` in another state than that, unless it is stored already.
        """
        if job.state is JobState.STORED:
            return job
        if job.state not in (JobState.CHECKED, JobState.REFUSED, JobState.INTERRUPTED):
            raise ImportNotReadyError(
                f"The import is {job.state}.", remedy="Wait until it is checked.", state=str(job.state)
            )
        started = self.jobs.change(job.id, state=JobState.STORING, rows=0, by_rows=by_rows, error=None)
        marker = statements.remember_file(f"{_MARK}{job.id}", {"digest": job.file, "rows": 0})
        mode = Mode.ROWS if by_rows else Mode.ALL
        self._begin(started, replace(options, mode=mode, marker=marker))
        return started

    async def known(self, identifier: str) -> Job:
        """The import as it is now; one whose process ended in the middle says so.

        Raises ``UnknownImportError`` and the errors of ``DatabaseError``.
        """
        job = self.jobs.get(identifier)
        if not self.jobs.is_left(job):
            return job
        # The mark was stored together with the rows, so it tells whether they are.
        marked = await self.store.read(Statement(_FINDS_MARK, {"key": f"{_MARK}{identifier}"}))
        state = JobState.STORED if marked else JobState.INTERRUPTED
        return self.jobs.change(identifier, state=state)

    async def close(self) -> None:
        """Give up what runs; nothing of it stays."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, job: Job, options: Options) -> None:
        task = asyncio.create_task(self._run(job, options), name=f"import {job.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: Job, options: Options) -> None:
        with self.jobs.running(job.id) as mine:
            if not mine:
                return
            try:
                async with self.jobs.turn():
                    report = await self._import(job, options)
                self.jobs.write_report(job.id, report_json(report))
                self.jobs.change(job.id, state=_end_of(report), rows=report.rows)
                if report.change is not None:
                    await self.committed()
            except GraphError as error:
                self._failed(job, {"message": error.message, **error.extensions})
            except Exception as error:  # noqa: BLE001  # whatever it is, the import has to say so
                hidden = masked(error)
                _LOG.exception("%s", hidden.message)
                self._failed(job, {"message": hidden.message, **hidden.extensions})

    async def _import(self, job: Job, options: Options) -> ImportReport:
        return await import_file(
            self.store,
            self.ontology,
            self.jobs.file(job),
            options,
            self.jobs.spool(job.id),
            name=job.file,
            progress=lambda rows: _progressed(self.jobs, job, rows),
            find_duplicates=self.finder(options.role or self.ontology.public) if self.finder else None,
        )

    def _failed(self, job: Job, error: Mapping[str, object]) -> None:
        self.jobs.change(job.id, state=JobState.FAILED, error=error)


def _progressed(jobs: JobStore, job: Job, rows: int) -> None:
    jobs.write(replace(job, rows=rows))


def _end_of(report: ImportReport) -> JobState:
    if report.stored:
        return JobState.STORED
    rejected = report.count(OutcomeKind.REJECTED)
    return JobState.REFUSED if report.mode is Mode.ALL and rejected else JobState.CHECKED
