"""The Neo4j servers that hold the generated graphs: kept between runs, started when they are needed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.fill import fill
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import parse_database_url
from graph_api.engine.neo4j_server import Neo4jServer
from graph_api.errors import MissingToolError

HOMES = Path("build") / "benchmarks"
NEO4J_VERSION = "2026.08.1"
OLDEST_JAVA = 21
URL_VARIABLE = "BENCHMARK_DATABASE"
"""In the environment: the address of a Neo4j that is used as the database of scale 1."""


@asynccontextmanager
async def database(scale: float) -> AsyncIterator[str]:
    """The address of a Neo4j with the graph of this scale; its home is filled once and kept.

    Raises ``MissingToolError`` without a Java that is new enough, and the errors of starting Neo4j.
    """
    given = os.environ.get(URL_VARIABLE)
    if given and scale == 1:
        await _fill(given, scale)
        yield given
        return
    os.environ["JAVA_HOME"] = str(java_home())
    os.environ["NEO4J_VERSION"] = NEO4J_VERSION
    server = await Neo4jServer.start(HOMES / f"neo4j-{scale:g}", throw_away=False, heap="2g")
    try:
        await _fill(server.url, scale)
        yield server.url
    finally:
        await server.stop()


async def _fill(url: str, scale: float) -> None:
    store = await BoltStore.connect(parse_database_url(url))
    try:
        await fill(store, scale)
    finally:
        await store.close()


def java_home() -> Path:
    """The home of a JDK that Neo4j 2026 runs on: of JAVA_HOME, of the path, or where systems keep them.

    Raises ``MissingToolError`` when there is none.
    """
    for home in _java_homes():
        if _java_version(home) >= OLDEST_JAVA:
            return home
    raise MissingToolError(
        f"Neo4j {NEO4J_VERSION} needs Java {OLDEST_JAVA} or later, and none was found.",
        remedy=f"Install a JDK of version {OLDEST_JAVA} or later, or name its directory in JAVA_HOME.",
        tool="java",
    )


def _java_homes() -> Iterator[Path]:
    named, on_path = os.environ.get("JAVA_HOME"), shutil.which("javac")
    if named:
        yield Path(named)
    if on_path:
        yield Path(on_path).resolve().parent.parent
    for kept in (Path("/usr/lib/jvm"), Path.home() / ".sdkman/candidates/java"):
        yield from sorted(kept.glob("*"), reverse=True)


def _java_version(home: Path) -> int:
    if not (home / "bin" / "javac").exists():
        return 0
    told = subprocess.run(
        [home / "bin" / "java", "-XshowSettings:properties", "-version"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    version = re.search(r"java\.specification\.version = (\d+)", told.stderr)
    return int(version[1]) if version else 0
