"""The embedded engine's life: real processes, really killed."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.embedded import EmbeddedEngine, EmbeddedStore
from graph_api.engine.embedded_command import EngineSettings
from graph_api.engine.embedded_directory import DataDirectory
from graph_api.errors import (
    DatabaseError,
    DatabaseTimeoutError,
    DatabaseUnreachableError,
    DataDirectoryInUseError,
    DataDirectoryUnusableError,
    EngineStoppedError,
)

HOLD_ENGINE = Path(__file__).with_name("hold_engine.py")
ROOT = Path(__file__).parents[2]
NOBODY = 65534
ADD_NOTE = Statement("CREATE (:Note {text: 'kept'})")
COUNT_NOTES = Statement("MATCH (n:Note) RETURN count(n)")


def is_running(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip() not in {"", "Z", "Zs", "Zl"}


def ends(pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while is_running(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def held_engine(directory: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    program = subprocess.Popen(
        [sys.executable, str(HOLD_ENGINE), str(directory)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None
    try:
        yield program, int(program.stdout.readline())
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


@contextmanager
def without_privileges() -> Iterator[None]:
    """As an ordinary user, since the superuser may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_a_database_outlives_its_engine(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)
    await store.write([ADD_NOTE])
    await store.close()

    store = await EmbeddedStore.start(tmp_path)

    assert await store.read(COUNT_NOTES) == [[1]]
    await store.close()


async def test_a_directory_with_spaces_and_accents(tmp_path: Path) -> None:
    directory = tmp_path / "données d'été"
    store = await EmbeddedStore.start(directory)

    await store.write([ADD_NOTE])

    assert (directory / "databases").is_dir()
    await store.close()


async def test_closing_ends_the_engine_and_frees_the_directory(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)
    pid = store.engine.pid
    assert is_running(pid)

    await store.close()

    assert not is_running(pid)
    (await DataDirectory.claim(tmp_path)).release()
    with pytest.raises(EngineStoppedError, match="was stopped"):
        await store.engine.wait()


async def test_a_second_start_says_at_once_that_the_directory_is_in_use(tmp_path: Path) -> None:
    with held_engine(tmp_path) as (program, _):
        began = time.monotonic()

        with pytest.raises(DataDirectoryInUseError, match=f"in use by process {program.pid}"):
            await EmbeddedEngine.start(tmp_path)

        assert time.monotonic() - began < 1


async def test_the_engine_s_own_lock_is_understood(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)
    # As when someone deleted the file of the lock while the engine was running.
    (tmp_path / "in-use").unlink()

    with pytest.raises(DataDirectoryInUseError):
        await EmbeddedEngine.start(tmp_path)

    assert await store.read(Statement("RETURN 1")) == [[1]]
    await store.close()


async def test_a_crash_loses_nothing_and_restarts_once(tmp_path: Path) -> None:
    said: list[str] = []
    store = await EmbeddedStore.start(tmp_path, say=said.append)
    await store.write([ADD_NOTE])
    first = store.engine.pid

    os.kill(first, signal.SIGKILL)

    assert await store.read(COUNT_NOTES) == [[1]]
    await store.write([ADD_NOTE])
    assert store.engine.pid != first
    assert [sentence.split(";")[0] for sentence in said] == [
        "The embedded database engine ended unexpectedly (exit code 137)",
        "The embedded database engine answers again.",
    ]
    await store.close()


async def test_a_second_crash_is_the_end(tmp_path: Path) -> None:
    said: list[str] = []
    store = await EmbeddedStore.start(tmp_path, say=said.append)
    os.kill(store.engine.pid, signal.SIGKILL)
    await store.read(COUNT_NOTES)

    os.kill(store.engine.pid, signal.SIGKILL)

    for _ in range(2):
        with pytest.raises(EngineStoppedError, match="a second time"):
            await store.read(COUNT_NOTES)
        with pytest.raises(EngineStoppedError):
            await store.write([ADD_NOTE])
    assert said[-1].endswith("a second time.")
    await store.close()


async def test_a_write_that_a_crash_interrupted_is_not_there(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path, say=lambda sentence: None)

    async def write_through_a_crash() -> None:
        async with store.transaction() as transaction:
            await transaction.run(ADD_NOTE)
            os.kill(store.engine.pid, signal.SIGKILL)
            await transaction.run(ADD_NOTE)

    with pytest.raises(DatabaseUnreachableError):
        await write_through_a_crash()

    assert await store.read(COUNT_NOTES) == [[0]]
    await store.close()


async def test_a_write_sent_while_the_engine_restarts_is_written_once(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path, say=lambda sentence: None)
    os.kill(store.engine.pid, signal.SIGKILL)

    await asyncio.gather(*(store.write([ADD_NOTE]) for _ in range(5)))

    assert await store.read(COUNT_NOTES) == [[5]]
    await store.close()


def test_a_killed_parent_leaves_no_orphan(tmp_path: Path) -> None:
    with held_engine(tmp_path) as (program, engine):
        assert is_running(engine)

        program.kill()

        assert ends(engine, within=15)


async def test_a_start_right_after_the_parent_was_killed_succeeds(tmp_path: Path) -> None:
    with held_engine(tmp_path) as (program, _):
        program.kill()
        program.wait()

        store = await EmbeddedStore.start(tmp_path)

    assert await store.read(Statement("RETURN 1")) == [[1]]
    await store.close()


def test_ctrl_c_reaches_the_parent_alone_which_ends_the_engine_in_order(tmp_path: Path) -> None:
    with held_engine(tmp_path) as (program, engine):
        os.killpg(program.pid, signal.SIGINT)
        assert program.stdout is not None
        said = program.stdout.read()

        assert said == "closed\n"
        assert not is_running(engine)
    assert "ArcadeDB Server is down" in (tmp_path / "engine.log").read_text()


async def test_the_password_is_for_the_owner_alone(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)

    shown = subprocess.run(
        ["ps", "-ww", "-e", "-o", "args"], capture_output=True, text=True, check=True
    ).stdout

    assert str(tmp_path) in shown
    assert store.settings.password not in shown
    assert stat.S_IMODE((tmp_path / "password").stat().st_mode) == 0o600
    assert store.settings.password not in (tmp_path / "engine.log").read_text()
    await store.close()


async def test_a_lost_password_file_is_replaced(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)
    await store.write([ADD_NOTE])
    await store.close()
    (tmp_path / "password").unlink()

    store = await EmbeddedStore.start(tmp_path)

    assert await store.read(COUNT_NOTES) == [[1]]
    await store.close()


async def test_the_engine_listens_on_loopback_alone(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path)

    listening = subprocess.run(
        ["ss", "-Hltnp"], capture_output=True, text=True, check=True
    ).stdout.splitlines()

    own = [line.split()[3] for line in listening if f"pid={store.engine.pid}," in line]
    assert len(own) == 2
    assert all("127.0.0.1" in address for address in own)
    await store.close()


async def test_the_engine_itself_stops_a_long_statement(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path, EngineSettings(statement_seconds=1.0))
    endless = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 9000) AS c "

    with pytest.raises(DatabaseTimeoutError, match="stopped a statement"):
        await store.read(Statement(endless + "WITH a, b, c WHERE a + b + c = -1 RETURN count(*)"))

    await store.close()


async def test_a_change_that_its_memory_cannot_hold(tmp_path: Path) -> None:
    store = await EmbeddedStore.start(tmp_path, EngineSettings(heap="96m"))
    some = Statement(
        "UNWIND range(1, 1000) AS number CREATE (n:Letter {text: $text + number})", {"text": "x" * 1000}
    )

    async def fill() -> None:
        async with store.transaction() as transaction:
            for _ in range(400):
                await transaction.run(some)

    with pytest.raises(DatabaseError, match="memory of the embedded database engine, 96m, is too small"):
        await fill()

    assert await store.read(Statement("MATCH (n:Letter) RETURN count(n)")) == [[0]]
    await store.close()


async def test_a_file_in_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    for path in (tmp_path / "data", tmp_path / "data" / "below"):
        with pytest.raises(DataDirectoryUnusableError, match="a file stands in its place"):
            await EmbeddedEngine.start(path)


async def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    with without_privileges(), pytest.raises(DataDirectoryUnusableError, match="cannot be written"):
        await EmbeddedEngine.start(tmp_path)


async def test_a_disk_without_room(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryUnusableError, match="MB are free"):
        await DataDirectory.claim(tmp_path, minimum_free=2**60)

    (await DataDirectory.claim(tmp_path)).release()


async def test_an_engine_that_cannot_start_says_where_its_output_is(tmp_path: Path) -> None:
    with pytest.raises(EngineStoppedError, match="ended while starting") as caught:
        # Java refuses a heap of this size.
        await EmbeddedEngine.start(tmp_path, EngineSettings(heap="1m"))

    assert str(tmp_path / "engine.log") in caught.value.remedy
    (await DataDirectory.claim(tmp_path)).release()
