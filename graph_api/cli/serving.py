"""``serve``: the API and its pages."""

from __future__ import annotations

import click

from graph_api.cli.options import load_options
from graph_api.cli.terminal import Terminal
from graph_api.serve.processes.server import run
from graph_api.settings import settings_from


@click.command("serve")
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@load_options
def serve_command(**given: object) -> None:
    """Load the seeds and serve the API and its pages."""
    run(settings_from(given), Terminal())
