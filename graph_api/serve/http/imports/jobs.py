"""Imports on disk: each is a folder with the file, what was asked, what became of it, and a lock.

All processes of a server, and the next one after a restart, read the same folders. A run that ended without
saying so has let go of its lock: then it was interrupted.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import cast

import orjson

from graph_api.errors import ServerBusyError, UnknownImportError

MOST_JOBS = 100
"""So many imports are kept; another is refused until one of them is deleted or too old."""
_ID = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[^\w.() -]")
_LONGEST_NAME = 120
_RETRY_SECONDS = 60
_JOB, _REPORT, _SPOOL, _LOCK, _TURN = "job.json", "report.json", "outcomes.jsonl", "lock", "turn"
_PAUSE_SECONDS = 0.1


class JobState(StrEnum):
    """How far an import has come."""

    CHECKING = "CHECKING"
    CHECKED = "CHECKED"
    STORING = "STORING"
    STORED = "STORED"
    REFUSED = "REFUSED"
    FAILED = "FAILED"
    INTERRUPTED = "INTERRUPTED"

    @property
    def runs(self) -> bool:
        """Whether a process works on it."""
        return self in (JobState.CHECKING, JobState.STORING)


@dataclass(frozen=True, slots=True)
class Job:
    """An import. ``rows`` counts the rows that have an outcome; ``error`` says why it failed.

    ``created`` is in seconds since 1970. ``by_rows`` says how it was or is being stored.
    """

    id: str
    file: str
    actor: str
    role: str
    created: float
    options: Mapping[str, object]
    state: JobState = JobState.CHECKING
    rows: int = 0
    by_rows: bool = False
    error: Mapping[str, object] | None = None


class JobStore:
    """The folder of all imports. ``hours`` is how long one is kept."""

    def __init__(self, folder: Path, hours: float) -> None:
        self._folder = folder
        self._seconds = hours * 3600

    def create(self, name: str, actor: str, role: str, options: Mapping[str, object]) -> Job:
        """A new import, without its file; raises ``ServerBusyError`` when there are too many."""
        self._drop_old()
        self._folder.mkdir(parents=True, exist_ok=True)
        if sum(_ID.fullmatch(each.name) is not None for each in self._folder.iterdir()) >= MOST_JOBS:
            raise ServerBusyError(
                f"There are {MOST_JOBS} imports already.",
                remedy="Delete those that are done.",
                retry_after=_RETRY_SECONDS,
            )
        safe = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip(". ")[-_LONGEST_NAME:] or "file"
        job = Job(secrets.token_hex(16), safe, actor, role, time.time(), options)
        (self._folder / job.id / "file").mkdir(parents=True)
        self.write(job)
        return job

    def get(self, identifier: str) -> Job:
        """The import with this id; raises ``UnknownImportError``."""
        try:
            if _ID.fullmatch(identifier) is None:
                raise FileNotFoundError
            found = cast("dict[str, object]", orjson.loads((self._path(identifier) / _JOB).read_bytes()))
        except (FileNotFoundError, orjson.JSONDecodeError):
            raise UnknownImportError(
                "There is no such import.", remedy="It was deleted, is too old, or somebody else's."
            ) from None
        return Job(**{**found, "state": JobState(str(found["state"]))})  # type: ignore[arg-type]  # as written below

    def write(self, job: Job) -> Job:
        """Keep what is known of an import now; a reader sees the old or the new."""
        self._replace(self._path(job.id) / _JOB, orjson.dumps(asdict(job)))
        return job

    def change(self, identifier: str, **changes: object) -> Job:
        """Keep changes of an import."""
        return self.write(replace(self.get(identifier), **changes))  # type: ignore[arg-type]  # fields of a job

    def write_report(self, identifier: str, report: Mapping[str, object]) -> None:
        """Keep the report of a run."""
        self._replace(self._path(identifier) / _REPORT, orjson.dumps(report))

    def report(self, identifier: str) -> object:
        """The report of the last run; nothing when none has ended."""
        with contextlib.suppress(FileNotFoundError):
            return cast(object, orjson.loads((self._path(identifier) / _REPORT).read_bytes()))
        return None

    def file(self, job: Job) -> Path:
        """Where the uploaded file is."""
        return self._path(job.id) / "file" / job.file

    def spool(self, identifier: str) -> Path:
        """Where the outcomes of the last run are."""
        return self._path(identifier) / _SPOOL

    def delete(self, identifier: str) -> None:
        """Delete an import with its file."""
        shutil.rmtree(self._path(identifier), ignore_errors=True)

    @contextlib.contextmanager
    def running(self, identifier: str) -> Iterator[bool]:
        """Hold the import's lock; False when another run holds it. A process that ends lets it go."""
        with (self._path(identifier) / _LOCK).open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until no other import of any process runs: each has the graph to itself."""
        with (self._folder / _TURN).open("ab") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await asyncio.sleep(_PAUSE_SECONDS)
            yield

    def is_left(self, job: Job) -> bool:
        """Whether the import says that it runs and nobody works on it."""
        if not job.state.runs:
            return False
        with self.running(job.id) as mine:
            # Its end may have been written after the job was read.
            return mine and self.get(job.id).state is job.state

    def _path(self, identifier: str) -> Path:
        return self._folder / identifier

    def _replace(self, path: Path, content: bytes) -> None:
        # A name of its own for each writer, so that none writes into another's.
        temporary = path.with_suffix(f".{secrets.token_hex(4)}")
        temporary.write_bytes(content)
        os.replace(temporary, path)

    def _drop_old(self) -> None:
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            with contextlib.suppress(UnknownImportError, FileNotFoundError):
                if time.time() - path.stat().st_mtime > self._seconds:
                    job = self.get(path.name)
                    if not job.state.runs or self.is_left(job):
                        self.delete(path.name)
