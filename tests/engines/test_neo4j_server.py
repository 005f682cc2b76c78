"""The real Neo4j that tests and ``make neo4j`` start."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import parse_database_url
from graph_api.engine.neo4j_install import installation
from graph_api.engine.neo4j_server import Neo4jServer
from graph_api.errors import InvalidSettingError, MissingToolError, PortInUseError

ROOT = Path(__file__).parents[2]


async def test_its_address_is_enough_to_reach_it(neo4j_server: Neo4jServer) -> None:
    store = await BoltStore.connect(parse_database_url(neo4j_server.url))

    await store.close()


async def test_its_password_is_for_the_owner_alone(neo4j_server: Neo4jServer) -> None:
    shown = subprocess.run(
        ["ps", "-ww", "-e", "-o", "args"], capture_output=True, text=True, check=True
    ).stdout

    assert str(neo4j_server.home) in shown
    assert neo4j_server.settings.password not in shown
    assert stat.S_IMODE((neo4j_server.home / "password").stat().st_mode) == 0o600


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortInUseError, match=str(port)):
            await Neo4jServer.start(tmp_path, port)


async def test_an_existing_home_keeps_its_password(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("the-first-one")

    with pytest.raises(InvalidSettingError, match="another password"):
        await Neo4jServer.start(tmp_path, password="the-second-one")


def test_a_missing_java_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=f"Java is not installed in {tmp_path}"):
        installation({"JAVA_HOME": str(tmp_path)})


def test_a_missing_maven_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java_home = installation().java.home
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MissingToolError, match="Maven is not installed"):
        installation({"JAVA_HOME": str(java_home), "XDG_CACHE_HOME": str(tmp_path)})


def test_the_command_prints_the_address_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "graph_api.engine.neo4j_server", "--home", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None
    first = program.stdout.readline()

    os.killpg(program.pid, signal.SIGINT)
    rest = program.stdout.read()
    program.stdout.close()

    assert " answers at neo4j://neo4j:" in first
    assert "Stopping" in rest
    assert program.wait() == 0
