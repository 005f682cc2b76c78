"""The guardian, with small programs in place of a database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_api.engine.guarded import GuardedProcess, Launch
from graph_api.engine.guardian import BoundedLog
from graph_api.errors import DatabaseError

SLEEP = "import time; time.sleep(60)"
CLOSE_OUTPUT_AND_SLEEP = f"import os; os.close(1); os.close(2); {SLEEP}"
IGNORE_STOP = (
    f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); {SLEEP}"
)


@pytest.fixture
def launch(tmp_path: Path) -> Callable[..., Launch]:
    def made(program: str, stop_seconds: float = 5.0) -> Launch:
        return Launch(
            command=[sys.executable, "-I", "-S", "-c", program],
            directory=tmp_path,
            environment={},
            log_file=tmp_path / "out.log",
            stop_seconds=stop_seconds,
        )

    return made


def is_gone(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "pid=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not found.stdout.strip()


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_the_exit_code_is_the_programs(launch: Callable[..., Launch]) -> None:
    process = GuardedProcess.start(launch("raise SystemExit(7)"))

    wait_until(lambda: process.exit_code() is not None)

    assert process.reap() == 7


def test_a_killed_program_ends_as_in_a_shell(launch: Callable[..., Launch]) -> None:
    process = GuardedProcess.start(launch(SLEEP))

    os.kill(process.pid, 9)

    wait_until(lambda: process.exit_code() is not None)
    assert process.reap() == 128 + 9


@pytest.mark.parametrize("program", [SLEEP, CLOSE_OUTPUT_AND_SLEEP])
def test_stop_ends_the_program(launch: Callable[..., Launch], program: str) -> None:
    process = GuardedProcess.start(launch(program))
    began = time.monotonic()

    assert process.stop() == 128 + 15

    assert is_gone(process.pid)
    assert time.monotonic() - began < 4


def test_a_program_that_does_not_stop_is_killed(launch: Callable[..., Launch], tmp_path: Path) -> None:
    process = GuardedProcess.start(launch(IGNORE_STOP, stop_seconds=0.3))
    wait_until(lambda: "ready" in (tmp_path / "out.log").read_text())

    assert process.stop() == 128 + 9


def test_a_dead_guardian_does_not_keep_the_program_alive(launch: Callable[..., Launch]) -> None:
    process = GuardedProcess.start(launch(SLEEP))
    found = subprocess.run(
        ["ps", "-o", "ppid=", "-p", str(process.pid)], capture_output=True, text=True, check=True
    )

    os.kill(int(found.stdout), 9)
    wait_until(lambda: process.exit_code() is not None)
    process.stop()

    wait_until(lambda: is_gone(process.pid) or _is_zombie(process.pid))


def _is_zombie(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.startswith("Z")


def test_a_program_that_cannot_run_is_named(tmp_path: Path) -> None:
    absent = Launch([str(tmp_path / "absent")], tmp_path, {}, tmp_path / "out.log", 1.0)

    with pytest.raises(DatabaseError, match="absent"):
        GuardedProcess.start(absent)


def test_all_output_is_in_the_log(launch: Callable[..., Launch]) -> None:
    process = GuardedProcess.start(
        launch("import sys\nfor i in range(5000): print(i)\nprint('end', file=sys.stderr)")
    )
    wait_until(lambda: process.exit_code() is not None)
    process.reap()

    assert sorted(process.log_tail(6000).splitlines()) == sorted([*map(str, range(5000)), "end"])


def test_the_log_is_bounded_and_keeps_the_newest(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "out.log", 1000)

    for i in range(100):
        log.write(f"{i:099}\n".encode())
    log.close()

    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["out.log", "out.old.log"]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert files[0].read_text().splitlines()[-1] == f"{99:099}"
