"""``neo4j``: a real Neo4j, for trying and testing."""

from __future__ import annotations

import sys

import click

from graph_api.engine import neo4j_server


@click.command("neo4j", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def neo4j_command(arguments: tuple[str, ...]) -> None:
    """Start a real Neo4j on loopback from Maven jars."""
    sys.exit(neo4j_server.main(list(arguments)))
