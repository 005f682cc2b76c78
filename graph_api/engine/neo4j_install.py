"""A Neo4j from Maven's jars, for who has Java and no Docker: fetched once, kept in the user's cache."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_api.errors import DatabaseError, MissingToolError

_SOURCES: Final = Path(__file__).parent / "neo4j_jars"
_MAIN: Final = "Neo4jServer"
_OLD_VERSION: Final = "5.26.0"
_NEW_VERSION: Final = "2026.08.1"
_OLDEST_JAVA: Final = 17
_JAVA_OF_NEW_VERSION: Final = 21
_FETCH_SECONDS: Final = 900
_TOOL_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Java:
    """One installed Java."""

    home: Path
    version: int

    @property
    def program(self) -> Path:
        """The program that runs Java."""
        return self.home / "bin" / "java"


@dataclass(frozen=True, slots=True)
class Installation:
    """A Neo4j of one version that can be started."""

    java: Java
    version: str
    directory: Path

    @property
    def class_path(self) -> str:
        """The jars and our own main class."""
        return os.pathsep.join((str(self.directory / "jars" / "*"), str(self.directory / "classes")))


def installation(environment: Mapping[str, str] = os.environ) -> Installation:
    """Find Java, choose the Neo4j that runs on it, and fetch its jars when the cache has none.

    JAVA_HOME and NEO4J_VERSION choose; without them the Java of the path does. Raises
    MissingToolError without Java or Maven, and DatabaseError when the jars cannot be fetched.
    """
    java = _find_java(environment)
    default = _NEW_VERSION if java.version >= _JAVA_OF_NEW_VERSION else _OLD_VERSION
    version = environment.get("NEO4J_VERSION") or default
    cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    directory = cache / "graph-api" / "neo4j" / version
    if not directory.exists():
        _fetch(java, version, directory)
    return Installation(java, version, directory)


def _find_java(environment: Mapping[str, str]) -> Java:
    chosen = environment.get("JAVA_HOME")
    found = Path(chosen, "bin", "java") if chosen else Path(shutil.which("java") or "java")
    if not found.exists():
        raise _missing("java", f"Java is not installed{f' in {chosen}' if chosen else ''}.")
    told = subprocess.run(
        [found, "-XshowSettings:properties", "-version"],
        capture_output=True,
        text=True,
        timeout=_TOOL_SECONDS,
        check=False,
    )
    version = re.search(r"java\.specification\.version = (\d+)", told.stderr)
    home = re.search(r"java\.home = (.+)", told.stderr)
    if version is None or home is None:
        raise _missing("java", f"{found} does not answer as Java does.")
    java = Java(Path(home[1].strip()), int(version[1]))
    if java.version < _OLDEST_JAVA:
        raise _missing("java", f"Java {java.version} in {java.home} is too old for Neo4j.")
    return java


def _fetch(java: Java, version: str, directory: Path) -> None:
    """Fill a directory beside the final one and move it there whole, so that no half cache is used."""
    maven = shutil.which("mvn")
    if maven is None:
        raise _missing("mvn", f"Maven is not installed; it fetches Neo4j {version}.")
    compiler = java.home / "bin" / "javac"
    if not compiler.exists():
        raise _missing("javac", f"{java.home} holds no Java compiler; a JDK is needed.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, ignore_cleanup_errors=True) as made:
        work = Path(made, "new")
        work.mkdir()
        shutil.copy(_SOURCES / "pom.xml", work)
        _run(
            [
                *(maven, "--batch-mode", "--quiet", f"-Dneo4j.version={version}"),
                *("dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=jars"),
            ],
            work,
            java,
        )
        source = str(_SOURCES / f"{_MAIN}.java")
        _run(
            [str(compiler), "--release", str(_OLDEST_JAVA), "-cp", "jars/*", "-d", "classes", source],
            work,
            java,
        )
        work.rename(directory)


def _run(command: Sequence[str], directory: Path, java: Java) -> None:
    ended = subprocess.run(
        command,
        cwd=directory,
        env={**os.environ, "JAVA_HOME": str(java.home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_FETCH_SECONDS,
        check=False,
    )
    if ended.returncode != 0:
        lines = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
        raise DatabaseError(
            f"Neo4j could not be made ready: {lines[0] if lines else f'exit code {ended.returncode}'}",
            remedy="Check the network, and the name of the version.",
        )


def _missing(tool: str, message: str) -> MissingToolError:
    return MissingToolError(
        message, remedy=f"Install a JDK of version {_OLDEST_JAVA} or later, and Maven.", tool=tool
    )
