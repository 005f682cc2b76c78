"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def store_options(command: Command) -> Command:
    """The options that say which graph a command works on."""
    for option in (
        click.option(
            "--data", type=click.Path(path_type=Path), help="Data directory of the embedded engine."
        ),
        click.option("--database", help="A Neo4j server instead: neo4j://user:password@host:7687."),
    ):
        command = option(command)
    return command


def load_options(command: Command) -> Command:
    """The options that say which graph a command works on, and what is loaded into it."""
    demo = click.option(
        "--demo/--without-demo", default=None, help="With or without the synthetic demonstration."
    )
    return store_options(demo(command))
