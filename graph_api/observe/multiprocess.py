"""Metrics of several worker processes on one host: each writes files into one directory, any of them sums.

The client library decides when it is imported whether values live in memory or in such files, so
``prepare_multiprocess`` has to come before the metrics are made, in each worker.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.values import MultiProcessValue

from graph_api.errors import DataDirectoryUnusableError

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable of the environment by which the client library knows the directory."""
_FILES: Final = "*_*.db"


def prepare_multiprocess(directory: Path) -> None:
    """Let the metrics that this process makes from now on be summed with those of the other workers.

    Raises ``DataDirectoryUnusableError`` when the directory cannot be made.
    """
    with _usable(directory):
        directory.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(directory)
    values.ValueClass = MultiProcessValue()  # type: ignore[no-untyped-call]


def clear_multiprocess(directory: Path) -> None:
    """Forget what an earlier run left; for the process that starts the workers, before it does.

    Raises ``DataDirectoryUnusableError`` when the files cannot be removed.
    """
    with _usable(directory):
        for file in directory.glob(_FILES):
            file.unlink(missing_ok=True)


def multiprocess_directory() -> Path | None:
    """The directory of the workers' files; nothing in a process that answers for itself alone."""
    found = os.environ.get(VARIABLE)
    return Path(found) if found else None


def worker_ended(pid: int) -> None:
    """Forget what a worker had open; what it counted stays. Nothing happens outside multiprocess mode."""
    directory = multiprocess_directory()
    if directory is not None:
        # Two workers that are asked for metrics at once may both find the dead one's files.
        with contextlib.suppress(FileNotFoundError):
            mark_process_dead(pid, str(directory))  # type: ignore[no-untyped-call]


def summed(directory: Path) -> CollectorRegistry:
    """The metrics of all workers; those that ended without a word (killed) are noticed here."""
    for pid in {_pid(file) for file in directory.glob("gauge_live*.db")}:
        if not _runs(pid):
            worker_ended(pid)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(directory))  # type: ignore[no-untyped-call]
    return registry


def _pid(file: Path) -> int:
    return int(file.stem.rpartition("_")[2])


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def _usable(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise DataDirectoryUnusableError(
            f"The directory of the metrics {directory} cannot be used: {problem.strerror}.",
            remedy="Give the process the right to write there.",
            directory=str(directory),
        ) from problem
