"""The life of a server: real processes, really stopped and killed.

The tests of a data directory share it, and each leaves it as the next can take it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import httpx
import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.engine.neo4j_server import Neo4jServer
from graph_api.imports.statements import FILE_LABEL
from tests.programs import descendants, free_port, is_running, net4u, serving
from tests.questions.by_hand import BY_HAND
from tests.seeded import Seeds
from tests.serve.questions import EXAMPLES

KENYA = '{ country(key: "KEN") { name } }'
ANSWER = {"country": {"name": "Kenya"}}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that goes from one server to the next."""
    return tmp_path_factory.mktemp("life") / "data"


def gone(pids: dict[int, str], within: float = 20.0) -> bool:
    deadline = time.monotonic() + within
    while any(is_running(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_stop_while_loading_is_clean_and_the_next_start_completes(directory: Path) -> None:
    # given a server in the middle of its first load
    with serving("--data", directory) as server:
        server.wait_until_listening()
        assert server.get("health/ready").status_code == 503
        waiting = httpx.post(server.url("graphql"), json={"query": KENYA})
        while not any((directory / "databases" / "graph").glob(f"{FILE_LABEL}*")):
            time.sleep(0.02)
        children = descendants(server.process.pid)
        code = server.stop(signal.SIGINT)

    # then it went without a word of complaint, said meanwhile that it was not ready, and left nobody behind
    assert code == 0
    assert server.said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in server.said
    assert waiting.status_code == 503
    assert waiting.json()["errors"][0]["extensions"]["code"] == "NOT_READY"
    assert gone(children)

    # and the next one loads all that there is
    with serving("--data", directory) as server:
        server.wait_until_ready()
        assert server.ask(KENYA)["data"] == ANSWER
        assert server.stop(signal.SIGTERM) == 0
    assert "rows loaded" in server.said


def test_a_restart_loads_nothing_again_and_ctrl_c_ends_the_engine_too(directory: Path) -> None:
    with serving("--data", directory) as server:
        server.wait_until_ready()
        children = descendants(server.process.pid)
        assert "java" in children.values()
        # A Ctrl-C of a terminal reaches every process of the group.
        os.killpg(server.process.pid, signal.SIGINT)
        code = server.ended()

    assert "Seeds: 0 files with 0 rows loaded" in server.said
    assert code == 0
    assert server.said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in server.said
    assert gone(children, within=0)
    assert not (directory / "server.json").exists()


def test_a_crash_of_the_engine_is_mended_once_and_said(directory: Path) -> None:
    with serving("--data", directory) as server:
        server.wait_until_ready()
        first = server.engine()

        os.kill(first, signal.SIGKILL)

        assert server.ask(KENYA)["data"] == ANSWER
        assert server.engine() != first
        server.wait_until_said("answers again")
        assert "ended unexpectedly (exit code 137); it is being started again." in server.said

        # a second crash is the end of the engine, and the server says so to whoever asks
        os.kill(server.engine(), signal.SIGKILL)

        server.wait_until_said("a second time")
        # something that no answer is kept of: one that is kept may be given for a moment longer
        refused = server.ask('{ country(key: "UGA") { name } }')
        errors = refused["errors"]
        assert isinstance(errors, list)
        assert errors[0]["extensions"]["code"] == "ENGINE_STOPPED"
        assert server.get("health/ready").status_code == 503
        assert server.get("health/live").status_code == 200
        assert server.stop() == 0


def test_a_second_server_on_the_directory_says_so_and_a_killed_one_leaves_no_orphan(directory: Path) -> None:
    with serving("--data", directory) as server:
        server.wait_until_ready()

        second = net4u("serve", "--port", str(free_port()), "--data", directory)

        assert (second.code, second.out) == (75, "")
        assert second.error.startswith("DATA_DIRECTORY_IN_USE: ")
        assert f"{directory} is in use by process {server.process.pid}." in second.error
        assert server.ask(KENYA)["data"] == ANSWER

        # and when the first one is killed, nothing of it stays, not even in the way of the next command
        children = descendants(server.process.pid)
        assert "java" in children.values()
        server.stop(signal.SIGKILL)

    asked = net4u("ask", "trainings", "--year", "2025", "--format", "csv", "--data", directory)
    assert (asked.code, len(asked.out.splitlines())) == (0, 2)
    assert gone(children)


async def test_a_neo4j_server_takes_the_place_of_the_embedded_engine(
    neo4j_server: Neo4jServer, neo4j_store: BoltStore, seeds: Seeds, tmp_path: Path
) -> None:
    await seeds.into(neo4j_store)
    question = EXAMPLES["members-covering"]
    expected = BY_HAND[question.name](**question.example())

    # The address is in the environment, where other users of the machine cannot read it.
    with serving("--data", tmp_path, settings={"NET4U_DATABASE": neo4j_server.url}) as server:
        await asyncio.to_thread(server.wait_until_ready)
        answer = await asyncio.to_thread(server.ask, question.document, question.example())
        children = descendants(server.process.pid)
        code = await asyncio.to_thread(server.stop)

    assert answer["data"] == expected
    assert "Seeds: 0 files with 0 rows loaded" in server.said
    assert children == {}
    assert code == 0
    assert neo4j_server.settings.password not in server.said
    assert not any(tmp_path.iterdir())
