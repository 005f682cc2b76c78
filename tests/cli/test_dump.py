"""``net4u dump`` and ``net4u load FILE``, beside a running server, and after a load that was killed."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.embedded import join_embedded
from graph_api.engine.embedded_directory import published
from tests.programs import NET4U, ROOT, Server, environment, net4u


@pytest.fixture(scope="module")
def dumped(service: Server, seeded_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump taken while a server runs on the data."""
    path = tmp_path_factory.mktemp("dump") / "graph.jsonl"
    outcome = net4u("dump", path, "--data", seeded_directory)
    assert (outcome.code, outcome.out) == (0, "")
    assert "nodes and " in outcome.err
    return path


async def half_loaded(data: Path, process: subprocess.Popen[bytes]) -> None:
    """Return when some of the nodes are there, as another program sees it."""
    while published(data) is None:
        assert process.poll() is None
        await asyncio.sleep(0.01)
    store = await join_embedded(data)
    try:
        while (await store.read(Statement("MATCH (n:Country) RETURN count(n)")))[0][0] == 0:
            assert process.poll() is None
            await asyncio.sleep(0.001)
    finally:
        await store.close()


def test_a_dump_beside_a_server_loads_into_another_directory(dumped: Path, tmp_path: Path) -> None:
    # given a dump of what a server answers from; its history and keys are in it
    header = json.loads(dumped.read_bytes().splitlines()[0])
    assert header["nodes"].keys() >= {"Organization", "LoadedFile", "ApiKey", "GraphVersion"}

    # when it is loaded into a new directory and dumped from there
    loaded = net4u("load", dumped, "--data", tmp_path / "data")
    again = net4u("dump", tmp_path / "again.gz", "--data", tmp_path / "data")
    packed = subprocess.run(["gzip", "-dc", tmp_path / "again.gz"], capture_output=True, check=True).stdout

    # then it is the same
    assert (loaded.code, again.code) == (0, 0), loaded.err + again.err
    assert packed == dumped.read_bytes()

    # and a second load is refused, as the seeds have nothing to add
    second = net4u("load", dumped, "--data", tmp_path / "data")
    assert (second.code, second.error.split(":")[0]) == (73, "DATABASE_NOT_EMPTY")
    assert "Seeds: 0 files with 0 rows loaded" in net4u("load", "--data", tmp_path / "data").err


def test_an_altered_dump_is_refused_in_one_line(dumped: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.jsonl"
    altered.write_bytes(dumped.read_bytes().replace(b"Demo Nile", b"Real Nile", 1))

    outcome = net4u("load", altered, "--data", tmp_path / "data")

    assert (outcome.code, outcome.error.split(":")[0]) == (65, "UNUSABLE_DUMP")


async def test_a_load_that_was_killed_is_not_served(dumped: Path, tmp_path: Path) -> None:
    # given a load that was killed in the middle
    data = tmp_path / "data"
    process = subprocess.Popen(
        [*NET4U, "load", str(dumped), "--data", str(data)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    await half_loaded(data, process)
    process.send_signal(signal.SIGKILL)
    process.wait()

    # when somebody starts a server on it, or dumps it, or asks for its keys
    for words in (("serve", "--port", "8999"), ("dump", str(tmp_path / "part")), ("keys", "list")):
        outcome = net4u(*words, "--data", data)

        # then they are told what it is
        assert outcome.code == 75, outcome.err
        assert "UNFINISHED_LOAD: The load of graph.jsonl into this database was not finished" in outcome.err

    # and loading again makes it whole
    assert net4u("load", dumped, "--data", data).code == 0
    assert net4u("dump", tmp_path / "again", "--data", data).code == 0
    assert (tmp_path / "again").read_bytes() == dumped.read_bytes()


@pytest.mark.parametrize(
    "words", [("load", "--replace"), ("load", "file", "--reload"), ("dump", "file", "--seconds", "0")]
)
def test_options_that_make_no_sense_are_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    outcome = net4u(*words, directory=tmp_path)

    assert outcome.code == 64
    assert outcome.error.startswith("INVALID_SETTING")


def test_a_dump_that_cannot_be_written_says_so(seeded_directory: Path, dumped: Path) -> None:
    outcome = net4u("dump", dumped / "below" / "a-file", "--data", seeded_directory)

    assert outcome.code == 64
    assert "cannot be written" in outcome.error
