"""A real Neo4j on the loopback interface, for tests, benchmarks and ``make neo4j``.

python -m graph_api.engine.neo4j_server --home DIRECTORY [--port 7687] [--password-file FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from graph_api.cypher.dialect import NEO4J
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import DEFAULT_PORT, ConnectionSettings
from graph_api.engine.guarded import GuardedProcess, Launch
from graph_api.engine.neo4j_install import Installation, installation
from graph_api.errors import (
    DatabaseError,
    DatabaseLoginRefusedError,
    DataDirectoryInUseError,
    GraphError,
    InvalidSettingError,
    PortInUseError,
)

HOST: Final = "127.0.0.1"
DEFAULT_HOME: Final = Path("data-neo4j")
USER: Final = "neo4j"
_PASSWORD_BYTES: Final = 24
_START_SECONDS: Final = 120.0
_STOP_SECONDS: Final = 60.0
_POLL_SECONDS: Final = 0.1
_ADMIN_SECONDS: Final = 60
_JAVA_WITH_WARNINGS: Final = 24
_LOCKED: Final = "Lock file has been locked by another process"


@dataclass(frozen=True, slots=True)
class _Home:
    """A directory of Neo4j's own making, and the password beside it."""

    path: Path

    @property
    def conf(self) -> Path:
        return self.path / "conf"

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def log_file(self) -> Path:
        return self.path / "server.log"


class Neo4jServer:
    """A running server. Made by ``start``."""

    def __init__(
        self, process: GuardedProcess, home: _Home, settings: ConnectionSettings, version: str
    ) -> None:
        self._process = process
        self._home = home
        self.settings = settings
        self.version = version

    @classmethod
    async def start(
        cls,
        home: Path,
        port: int = 0,
        password: str | None = None,
        *,
        throw_away: bool = True,
        heap: str = "512m",
    ) -> Self:
        """Start Neo4j on the home directory and return when it answers; port 0 takes a free one.

        ``throw_away`` starts quicker, runs slower and is killed instead of stopped. Raises
        MissingToolError, PortInUseError, DataDirectoryInUseError, InvalidSettingError and DatabaseError.
        """
        installed = await asyncio.to_thread(installation)
        place = _Home(home.expanduser().absolute())
        port = _free_port(port)
        _write_configuration(place, port)
        secret = await asyncio.to_thread(_login, installed, place, password)
        launch = Launch(
            command=_command(installed, place, heap=heap, quick=throw_away),
            directory=place.path,
            environment=_environment(place),
            log_file=place.log_file,
            stop_seconds=0.0 if throw_away else _STOP_SECONDS,
        )
        settings = ConnectionSettings(uri=f"neo4j://{HOST}:{port}", user=USER, password=secret)
        server = cls(GuardedProcess.start(launch), place, settings, installed.version)
        try:
            await server._ready()
        except BaseException:
            await server.stop()
            raise
        return server

    @property
    def url(self) -> str:
        """The whole address, with the password."""
        login = f"{USER}:{quote(self.settings.password, safe='')}"
        return self.settings.uri.replace("://", f"://{login}@")

    @property
    def home(self) -> Path:
        """The directory of its data."""
        return self._home.path

    @property
    def ended(self) -> bool:
        """Whether the server went away by itself."""
        return self._process.exit_code() is not None

    async def stop(self) -> None:
        """End the server."""
        self._process.ask_to_stop()
        await asyncio.to_thread(self._process.stop)

    async def _ready(self) -> None:
        deadline = asyncio.get_running_loop().time() + _START_SECONDS
        store = BoltStore(self.settings, NEO4J)
        try:
            while (reason := await _reason_of_no_answer(store)) is not None:
                if self.ended:
                    raise self._start_error()
                if asyncio.get_running_loop().time() > deadline:
                    raise DatabaseError(
                        f"Neo4j gave no answer in {_START_SECONDS:g} s. {reason.message}",
                        remedy=f"Its output is in {self._home.log_file}.",
                    )
                await asyncio.sleep(_POLL_SECONDS)
        finally:
            await store.close()

    def _start_error(self) -> GraphError:
        if _LOCKED in self._process.log_tail(400):
            return DataDirectoryInUseError(
                f"The data directory {self._home.path} is in use.", remedy="Stop the other Neo4j first."
            )
        return DatabaseError(
            f"Neo4j ended while starting (exit code {self._process.exit_code()}).",
            remedy=f"Its output is in {self._home.log_file}.",
        )


async def _reason_of_no_answer(store: BoltStore) -> DatabaseError | None:
    try:
        await store.verify()
    except DatabaseLoginRefusedError:
        raise
    except DatabaseError as error:
        return error
    return None


def _free_port(port: int) -> int:
    with socket.socket() as probe:
        # As the server does; without it a port of a connection just closed seems taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PortInUseError(
                f"Port {port} cannot be used: another program listens on it.",
                remedy="Choose another port.",
                port=port,
            ) from error
        number: int = probe.getsockname()[1]
        return number


def _write_configuration(home: _Home, port: int) -> None:
    home.conf.mkdir(parents=True, exist_ok=True)
    lines = (
        f"server.default_listen_address={HOST}",
        f"server.default_advertised_address={HOST}",
        f"server.bolt.listen_address={HOST}:{port}",
        f"server.bolt.advertised_address={HOST}:{port}",
        "server.http.enabled=false",
        "server.memory.pagecache.size=128m",
        "dbms.usage_report.enabled=false",
    )
    (home.conf / "neo4j.conf").write_text("\n".join((*lines, "")))


def _login(installed: Installation, home: _Home, wanted: str | None) -> str:
    """The password of the home: kept from its first start, or set now."""
    if home.password_file.exists():
        kept = home.password_file.read_text().strip()
        if wanted not in (None, kept):
            raise InvalidSettingError(
                f"The Neo4j in {home.path} has another password already.",
                remedy=f"Leave the password out; it is in {home.password_file}.",
            )
        return kept
    # In digits and letters: one that began with a dash would be an option of the administration tool.
    password = wanted or secrets.token_hex(_PASSWORD_BYTES)
    _set_initial_password(installed, home, password)
    with os.fdopen(os.open(home.password_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as stream:
        stream.write(password)
    return password


def _set_initial_password(installed: Installation, home: _Home, password: str) -> None:
    # Java reads its arguments from a file that only we can read: a command line is public.
    with tempfile.NamedTemporaryFile("w", dir=home.path, suffix=".arguments") as arguments:
        words = (
            "-cp",
            installed.class_path,
            "org.neo4j.cli.AdminTool",
            "dbms",
            "set-initial-password",
            password,
        )
        arguments.write("\n".join(_quoted(word) for word in words))
        arguments.flush()
        ended = subprocess.run(
            [installed.java.program, f"@{arguments.name}"],
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_ADMIN_SECONDS,
            check=False,
        )
    if ended.returncode != 0:
        raise DatabaseError(
            f"Neo4j did not accept its first password: {(ended.stderr or ended.stdout).strip()}",
            remedy="Give one of at least eight characters.",
        )


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _command(installed: Installation, home: _Home, *, heap: str, quick: bool) -> list[str]:
    warnings = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return [
        str(installed.java.program),
        f"-Xmx{heap}",
        *(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] if quick else []),
        *(warnings if installed.java.version >= _JAVA_WITH_WARNINGS else []),
        *("-cp", installed.class_path, "Neo4jServer"),
        *(f"--home-dir={home.path}", f"--config-dir={home.conf}"),
    ]


def _environment(home: _Home) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "NEO4J_HOME": str(home.path), "NEO4J_CONF": str(home.conf)}


async def _serve(arguments: argparse.Namespace) -> int:
    file: Path | None = arguments.password_file
    password = file.read_text().strip() if file else None
    server = await Neo4jServer.start(
        arguments.home, arguments.port, password, throw_away=False, heap=arguments.heap
    )
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    print(f"Neo4j {server.version} answers at {server.url}", flush=True)
    print("Ctrl-C stops it.", flush=True)
    try:
        while not asked.is_set() and not server.ended:
            await asyncio.sleep(_POLL_SECONDS)
        if server.ended:
            raise DatabaseError(
                "Neo4j ended by itself.", remedy=f"Its output is in {arguments.home}/server.log."
            )
    finally:
        print("Stopping Neo4j; it takes about ten seconds.", flush=True)
        await server.stop()
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Run a server until Ctrl-C; gives the exit code. Without words, those of the command line."""
    parser = argparse.ArgumentParser(description="Start a Neo4j on this machine, for this machine.")
    parser.add_argument(
        "--home",
        type=Path,
        default=DEFAULT_HOME,
        help=f"directory of its data, made if needed ({DEFAULT_HOME})",
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the Bolt protocol")
    parser.add_argument("--password-file", type=Path, help="file with the first password; random without")
    parser.add_argument("--heap", default="1g", help="memory of Java")
    try:
        return asyncio.run(_serve(parser.parse_args(words)))
    except GraphError as error:
        print(error.one_line(), file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"The files of Neo4j cannot be used: {error}", file=sys.stderr)
        return 73


if __name__ == "__main__":
    sys.exit(main())
