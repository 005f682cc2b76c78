"""``load``: the seeds, or what ``dump`` wrote."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from graph_api.cli.dumps import load_dumped
from graph_api.cli.options import load_options
from graph_api.cli.terminal import Terminal
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.processes.load import load_seeds, open_store
from graph_api.settings import Settings, settings_from


@click.command("load")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reload", is_flag=True, help="Load files again that have not changed.")
@click.option("--replace", is_flag=True, help="With FILE: remove everything that is there before.")
@click.option("--any-ontology", is_flag=True, help="With FILE: also a dump of another ontology.")
@load_options
def load_command(file: Path | None, reload: bool, replace: bool, any_ontology: bool, **given: object) -> None:
    """Load the seeds and say what became of every row; or load FILE, which `dump` wrote.

    FILE is checked to its end before anything is written, and goes into an empty database.
    """
    settings = settings_from(given)
    if file is not None:
        if reload:
            raise click.UsageError("--reload is about the seeds, not about FILE.")
        loading = load_dumped(settings, file, Terminal(), replace=replace, any_ontology=any_ontology)
        asyncio.run(loading)
        return
    if replace or any_ontology:
        raise click.UsageError("--replace and --any-ontology need FILE.")
    asyncio.run(_load(settings, Terminal(), reload=reload))


async def _load(settings: Settings, terminal: Terminal, *, reload: bool) -> None:
    ontology = imported(settings.ontology, Ontology)
    store = await open_store(settings, ontology, terminal.say)
    try:
        with terminal.progress() as progress:
            report = await load_seeds(settings, store, ontology, progress, reload=reload)
    finally:
        await store.close()
    terminal.report(report)
    report.raise_if_rejected()
