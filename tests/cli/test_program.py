"""The program itself: its commands are found, and one is imported without the others."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from graph_api.cli.main import COMMANDS, cli
from tests.programs import ROOT, environment, net4u


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_where_it_is_looked_for(name: str) -> None:
    found = cli.get_command(click.Context(cli), name)

    assert found is not None
    assert found.name == name


def test_help_lists_all_commands_and_those_of_the_application() -> None:
    shown = net4u("--help")

    listed = {line.split()[0] for line in shown.out.splitlines() if line.startswith("  ") and line.strip()}
    assert shown.code == 0
    assert {*COMMANDS, "match", "slate"} <= listed


def test_an_unknown_command_is_one_line() -> None:
    assert net4u("grow").error.startswith("INVALID_SETTING: No such command 'grow'")


@pytest.mark.parametrize("words", [["--version"], ["search", "--help"]])
def test_the_program_starts_without_what_a_command_does_not_need(words: list[str]) -> None:
    # given a program that tells which modules it has when it ends
    code = (
        "import atexit, sys; from graph_api.cli.main import main; "
        "atexit.register(lambda: print('|', *sys.modules)); sys.argv[1:] = sys.argv[2:]; main()"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code, "-", *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    modules = set(ran.stdout.rpartition("|")[2].split())
    assert "graph_api.cli.main" in modules
    assert modules.isdisjoint({"uvicorn", "starlette.applications", "redis", "graph_api.cli.serving"})
