"""Workers on one host answer as one, also after some of them ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from graph_api.errors import DataDirectoryUnusableError
from graph_api.observe.multiprocess import (
    VARIABLE,
    clear_multiprocess,
    prepare_multiprocess,
    worker_ended,
)
from tests.observe.exposition import Samples, samples

WORKER = """
import sys
from pathlib import Path
from graph_api.observe.multiprocess import prepare_multiprocess
from graph_api.observe.metrics import Metrics, Transport
prepare_multiprocess(Path(sys.argv[1]))
metrics = Metrics(["films"], engine="embedded", pool_size=10)
metrics.graph_version(int(sys.argv[2]))
for _ in range(int(sys.argv[2])):
    metrics.request_began()
    metrics.request_ended(Transport.HTTP, 200, 0.001)
    metrics.field_answered("films", 0.5)
metrics.request_began()
print("counted", flush=True)
for _ in sys.stdin:
    print(metrics.render("")[0].decode() + "# end", flush=True)
"""


class Worker:
    """A process that counted, and answers for all when it is asked."""

    def __init__(self, directory: Path, count: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(directory), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "counted\n"

    def samples(self) -> Samples:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("render\n")
        self.process.stdin.flush()
        return samples("".join(iter(self.process.stdout.readline, "# end\n")))

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def worker(directory: Path, count: int) -> Iterator[Worker]:
    running = Worker(directory, count)
    try:
        yield running
    finally:
        running.kill()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[Worker, Worker]]:
    with ExitStack() as stack:
        yield stack.enter_context(worker(tmp_path, 2)), stack.enter_context(worker(tmp_path, 5))


def test_either_worker_tells_the_sum(workers: tuple[Worker, Worker]) -> None:
    for each in workers:
        found = each.samples()

        assert found["graph_requests_total", ("200", "http")] == 7
        assert found["graph_field_seconds_count", ("films",)] == 7
        assert found["graph_field_seconds_sum", ("films",)] == 3.5
        assert found["graph_field_seconds_bucket", ("films", "0.5")] == 7
        assert found["graph_requests_in_flight", ()] == 2
        assert found["graph_database_pool_size", ()] == 20
        assert found["graph_version", ()] == 5


def test_a_killed_worker_has_nothing_open_and_is_not_forgotten(workers: tuple[Worker, Worker]) -> None:
    first, second = workers

    second.kill()

    found = first.samples()
    assert found["graph_requests_in_flight", ()] == 1
    assert found["graph_requests_total", ("200", "http")] == 7
    assert found["graph_version", ()] == 2


def test_a_supervisor_can_tell_that_a_worker_ended(
    workers: tuple[Worker, Worker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    worker_ended(workers[1].process.pid)
    worker_ended(workers[1].process.pid)

    found = workers[0].samples()
    assert found["graph_requests_in_flight", ()] == 1
    assert found["graph_requests_total", ("200", "http")] == 7


def test_a_new_run_begins_at_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "somebody's file"
    kept.touch()
    with worker(tmp_path, 3):
        pass

    clear_multiprocess(tmp_path)

    with worker(tmp_path, 1) as later:
        assert later.samples()["graph_requests_total", ("200", "http")] == 1
    assert kept.exists()


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataDirectoryUnusableError, match="file/below"):
        prepare_multiprocess(tmp_path / "file" / "below")


def test_without_workers_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    worker_ended(1)
