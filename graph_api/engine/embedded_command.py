"""How the embedded engine is started: ArcadeDB on the Java runtime that its wheel carries."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.embedded_directory import DataDirectory
from graph_api.engine.guarded import Launch
from graph_api.errors import InvalidSettingError, MissingToolError

DATABASE: Final = "graph"
_HOST: Final = "127.0.0.1"
_USER: Final = "root"
_PACKAGE: Final = "arcadedb_embedded"
# Anything else of our environment could change the engine: ARCADEDB_* settings, JAVA_TOOL_OPTIONS.
_KEPT_VARIABLES: Final = ("PATH", "HOME", "TMPDIR")
_GUEST_POOL: Final = 4
_HEAP: Final = re.compile(r"\d+[mMgG]")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The limits of the embedded engine."""

    heap: str = "512m"
    start_seconds: float = 60.0
    stop_seconds: float = 10.0
    statement_seconds: float = 30.0
    transaction_seconds: float = 300.0

    def __post_init__(self) -> None:
        """Refuse a heap that Java would not understand, before it is started."""
        if not _HEAP.fullmatch(self.heap):
            raise InvalidSettingError(
                f"The engine's memory cannot be {self.heap!r}.",
                remedy="Write a number and m or g, such as 512m or 2g.",
                setting="heap",
            )


@dataclass(frozen=True, slots=True)
class Ports:
    """Two ports of the loopback interface."""

    bolt: int
    http: int


def free_ports() -> Ports:
    """Two ports that nobody listens on now."""
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind((_HOST, 0))
        return Ports(first.getsockname()[1], second.getsockname()[1])


def connection(directory: DataDirectory, ports: Ports, settings: EngineSettings) -> ConnectionSettings:
    """How to reach the engine that ``launch`` starts."""
    return ConnectionSettings(
        uri=f"bolt://{_HOST}:{ports.bolt}",
        user=_USER,
        password=directory.password,
        database=DATABASE,
        statement_seconds=settings.statement_seconds,
        transaction_seconds=settings.transaction_seconds,
    )


def joined(address: str, password: str) -> ConnectionSettings:
    """How to reach an engine that another program started; few connections, since the engine is its own."""
    return ConnectionSettings(
        uri=address, user=_USER, password=password, database=DATABASE, max_pool_size=_GUEST_POOL
    )


def launch(directory: DataDirectory, ports: Ports, settings: EngineSettings) -> Launch:
    """The engine's process; raises MissingToolError when the wheel is not installed."""
    home = _package()
    command = [
        str(home / "jre" / "bin" / "java"),
        f"-Xmx{settings.heap}",
        # The smallest collector; the larger ones took 10-20 MB more and were not faster here.
        "-XX:+UseSerialGC",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        *(f"-Darcadedb.{name}={value}" for name, value in _properties(directory, ports, settings).items()),
        "-cp",
        str(home / "jars" / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]
    return Launch(
        command=command,
        directory=directory.path,
        environment=_environment(),
        log_file=directory.log_file,
        stop_seconds=settings.stop_seconds,
        kept_files=(directory.lock,),
    )


def _properties(directory: DataDirectory, ports: Ports, settings: EngineSettings) -> dict[str, str | int]:
    return {
        "server.rootPath": str(directory.path),
        # A path, since every user of the machine can read the command line.
        "server.rootPasswordPath": str(directory.password_file),
        # Production mode replaces the text of every error by "check the server log".
        "server.mode": "development",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{DATABASE}[{_USER}]",
        "server.httpIncomingHost": _HOST,
        "server.httpIncomingPort": ports.http,
        "bolt.host": _HOST,
        "bolt.port": ports.bolt,
        # A commit returns when its log is on the disk: it survives a crash of the machine.
        "txWalFlush": 2,
        "command.timeout": round(settings.statement_seconds * 1000),
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "polyglotEngineEnabled": "false",
        "serverMetrics": "false",
        "support.autoRegister": "false",
    }


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    # Java reads paths in the locale's encoding, and plain C knows no letter beyond ASCII.
    return {**kept, "LC_ALL": "C.UTF-8"}


def _package() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise MissingToolError(
            "The embedded database engine is not installed.",
            remedy="Install the package arcadedb-embedded, or name a Neo4j server.",
            tool="arcadedb-embedded",
        )
    return Path(found.origin).parent
