"""Checks that a compose file is valid by the Compose specification: python scripts/check_compose.py FILE.

Where the Docker client has its compose plugin, that one is asked too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from compose_spec import PyCompose

_REFERENCE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<how>:-|:\?)(?P<rest>[^}]*))?\})")
_EXAMPLE = {"NEO4J_PASSWORD": "example-password"}


class UnsetVariableError(Exception):
    """A variable that the file requires is unset or empty; the text is the file's own message."""


def interpolate(text: str, variables: Mapping[str, str]) -> str:
    """The file with its variables filled in, as the Docker client reads it.

    Knows ``${NAME}``, ``${NAME:-default}``, ``${NAME:?message}`` and ``$$``.
    Raises UnsetVariableError for a variable that is needed and not given.
    """

    def value(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        given = variables.get(match["name"], "")
        if given:
            return given
        if match["how"] == ":-":
            return str(match["rest"])
        raise UnsetVariableError(match["rest"] or f"{match['name']} is not set")

    return _REFERENCE.sub(value, text)


def undeclared_volumes(compose: PyCompose) -> list[str]:
    """Named volumes that a service mounts and the file does not declare; PyCompose misses these."""
    document = compose.to_dict()
    mounts = [
        (service, str(mount).split(":")[0])
        for service, definition in document["services"].items()
        for mount in definition.get("volumes", [])
    ]
    return [
        f"services.{service}.volumes: the volume {source} is not declared in volumes"
        for service, source in mounts
        if not source.startswith((".", "/", "~")) and source not in document.get("volumes", {})
    ]


def problems(text: str) -> list[str]:
    """What the specification objects to."""
    try:
        compose = PyCompose.from_yaml(interpolate(text, _EXAMPLE))
        compose.validate()
    except ValueError as error:
        return [str(error)]
    return undeclared_volumes(compose)


def docker_problems(file: Path) -> list[str] | None:
    """What ``docker compose config`` objects to; None where there is no such plugin."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode != 0:
        return None
    command = [docker, "compose", "--file", str(file), "config", "--quiet"]
    outcome = subprocess.run(command, env={**os.environ, **_EXAMPLE}, capture_output=True, text=True)
    return [] if outcome.returncode == 0 else [outcome.stderr.strip()]


def main(file: Path) -> int:
    """Prints every problem, or one line that there is none; returns the exit code."""
    found = problems(file.read_text(encoding="utf-8"))
    from_docker = docker_problems(file)
    for problem in [*found, *(from_docker or [])]:
        print(f"{file}: {problem}", file=sys.stderr)
    if found or from_docker:
        return 1
    asked = "the Compose specification" + ("" if from_docker is None else " and docker compose")
    print(f"{file} is valid by {asked}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
