"""What the commands that ask a question of their own share: their options, whom they ask, what they print."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar, cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.client import ask_server
from graph_api.cli.options import store_options
from graph_api.cli.rows import RowFormat
from graph_api.serve.processes.address import running_server
from graph_api.settings import Settings, settings_from

_SETTINGS = ("data", "database")
Command = TypeVar("Command", bound=Callable[..., object])
Json: TypeAlias = Mapping[str, object]


def asking_options(command: Command) -> Command:
    """The options of a command that asks: which graph, and how to print the answer."""
    forms = click.Choice([str(each) for each in RowFormat])
    for option in (
        click.option("--url", help="A running server; otherwise one is found or started."),
        click.option("--format", "output", type=forms, default="table", help="How to print it."),
    ):
        command = option(command)
    return store_options(command)


def settings_given(given: Mapping[str, object]) -> Settings:
    """The settings with what ``asking_options`` were given. Raises ``InvalidSettingError``."""
    return settings_from({name: given[name] for name in _SETTINGS})


def ask(
    settings: Settings,
    document: str,
    variables: Json,
    given: Mapping[str, object],
    *,
    everything: bool = True,
) -> Json:
    """The data of an answer; ``given`` has the options of ``asking_options``.

    Asks a running server as its key allows, or the store: with ``everything`` in it, or as the public. Raises
    what the question raises.
    """
    url = cast("str | None", given["url"]) or running_server(settings)
    if url and not settings.database:
        return asyncio.run(ask_server(url, document, variables, settings.key))
    # Imported here: a command beside a server needs neither a store nor a schema, and starts without them.
    from graph_api.cli.answering import ask_store
    from graph_api.cli.terminal import Terminal

    return asyncio.run(ask_store(settings, document, variables, Terminal(), everything=everything))


def print_found(data: Json, name: str, rows: Sequence[Json], total: int, output: str) -> None:
    """Print an answer: as it came in JSON, as rows otherwise."""
    form = RowFormat(output)
    print_answer(data if form is RowFormat.JSON else {name: {"totalCount": total, "nodes": rows}}, form)
