"""``dump`` and the part of ``load`` that loads one: the whole graph as one file, and back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from graph_api.cli.options import store_options
from graph_api.cli.stores import open_or_join
from graph_api.cli.terminal import Terminal
from graph_api.dumps.dump import SECONDS, DumpReport, dump_graph
from graph_api.dumps.load import load_dump
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.processes.load import open_store
from graph_api.settings import Settings, settings_from

_MARGIN_SECONDS = 10.0
"""So that it is the dump's own limit that ends it, and not that of its transaction."""


@click.command("dump")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="How long it may take, and with that keep writers waiting.",
)
@store_options
def dump_command(file: Path, seconds: float, **given: object) -> None:
    """Write the whole graph to FILE, history and keys included; .gz at its end compresses it.

    Also while a server runs on the same data: whoever writes then waits until the dump is done.
    """
    terminal = Terminal()
    report = asyncio.run(_dump(settings_from(given), file, seconds, terminal))
    header = report.header
    nodes, edges = sum(header.nodes.values()), sum(header.edges.values())
    terminal.say(f"{file}: {nodes:,} nodes and {edges:,} edges, version {header.version} of the graph.")
    terminal.say(f"SHA-256 of its lines: {report.sha256}")


async def _dump(settings: Settings, file: Path, seconds: float, terminal: Terminal) -> DumpReport:
    store = await open_or_join(settings, transaction_seconds=seconds + _MARGIN_SECONDS)
    try:
        with terminal.progress("Reading the graph") as progress:
            return await dump_graph(store, imported(settings.ontology, Ontology), file, progress, seconds)
    finally:
        await store.close()


async def load_dumped(
    settings: Settings, file: Path, terminal: Terminal, *, replace: bool, any_ontology: bool
) -> None:
    """Load a dump into the database of the settings, which no server may use meanwhile.

    Raises what ``load_dump`` and ``open_store`` raise.
    """
    ontology = imported(settings.ontology, Ontology)
    store = await open_store(settings, ontology, terminal.say, unfinished=True)
    try:
        with terminal.progress("Checking the dump") as progress:
            header = await load_dump(
                store, ontology, file, progress, replace=replace, any_ontology=any_ontology
            )
    finally:
        await store.close()
    nodes, edges = sum(header.nodes.values()), sum(header.edges.values())
    terminal.say(f"{nodes:,} nodes and {edges:,} edges are loaded, version {header.version} of the graph.")
