"""The command ``net4u``: serve, ask, paths, do, import, export, load, keys, and what keeps files fresh."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from graph_api import __version__
from graph_api.api_types.bare import without_descriptions
from graph_api.cli.ask import AskGroup
from graph_api.cli.coverage import coverage_command
from graph_api.cli.do import DoGroup, undo_command
from graph_api.cli.dumps import dump_command, load_dumped
from graph_api.cli.duplicates import duplicates_command
from graph_api.cli.exports import export_command
from graph_api.cli.findings import health_command
from graph_api.cli.generated import check_or_write
from graph_api.cli.history import history_command
from graph_api.cli.imports import import_command
from graph_api.cli.keys import keys_group
from graph_api.cli.metrics import metrics_command
from graph_api.cli.neighborhoods import connect_command, neighborhood_command, paths_command
from graph_api.cli.options import Command, store_options
from graph_api.cli.search import search_command
from graph_api.cli.terminal import Terminal
from graph_api.engine import neo4j_server
from graph_api.errors import GraphError, InvalidSettingError
from graph_api.ontology import Ontology
from graph_api.ontology.page import ontology_page
from graph_api.serve.declared import declared_in, imported, own_fields_named
from graph_api.serve.processes.load import load_seeds, open_store
from graph_api.serve.processes.server import run
from graph_api.serve.runtime import api_schema
from graph_api.settings import Settings, settings_from


def load_options(command: Command) -> Command:
    """The options that say which graph a command works on, and what is loaded into it."""
    demo = click.option(
        "--demo/--without-demo", default=None, help="With or without the synthetic demonstration."
    )
    return store_options(demo(command))


class Program(click.Group):
    """The commands of this program, and those that the application adds."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted({*super().list_commands(ctx), *(each.name or "" for each in self._added())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or nothing."""
        found = super().get_command(ctx, cmd_name)
        return found or next((each for each in self._added() if each.name == cmd_name), None)

    def _added(self) -> Sequence[click.Command]:
        fields = own_fields_named(settings_from({}).own_fields)
        return fields.commands if fields else ()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """The NET4U knowledge graph. Every option can also be set in the environment, as NET4U_PORT=8123."""


@cli.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@load_options
def serve(**given: object) -> None:
    """Load the seeds and serve the API and its pages."""
    run(settings_from(given), Terminal())


@cli.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reload", is_flag=True, help="Load files again that have not changed.")
@click.option("--replace", is_flag=True, help="With FILE: remove everything that is there before.")
@click.option("--any-ontology", is_flag=True, help="With FILE: also a dump of another ontology.")
@load_options
def load(file: Path | None, reload: bool, replace: bool, any_ontology: bool, **given: object) -> None:
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
    ontology = _ontology(settings)
    store = await open_store(settings, ontology, terminal.say)
    try:
        with terminal.progress() as progress:
            report = await load_seeds(settings, store, ontology, progress, reload=reload)
    finally:
        await store.close()
    terminal.report(report)
    report.raise_if_rejected()


cli.add_command(AskGroup(name="ask"))
cli.add_command(DoGroup(name="do"))
cli.add_command(undo_command)
cli.add_command(history_command)
cli.add_command(keys_group)
cli.add_command(dump_command)
cli.add_command(export_command)
cli.add_command(duplicates_command)
cli.add_command(coverage_command)
cli.add_command(health_command)
cli.add_command(import_command)
cli.add_command(search_command)
cli.add_command(metrics_command)
cli.add_command(neighborhood_command)
cli.add_command(paths_command)
cli.add_command(connect_command)


_SCHEMA = Path("schema/schema.graphql")
_RELEASED = Path("schema/released.graphql")


@cli.command("schema")
@click.option("--check", is_flag=True, help="Only say whether the file is what it would be now.")
@click.option("--release", is_flag=True, help="Write what clients may rely on from now on: no descriptions.")
@click.option("--file", type=click.Path(path_type=Path), help=f"{_SCHEMA}, or {_RELEASED} with --release.")
def schema_command(check: bool, release: bool, file: Path | None) -> None:
    """Write the GraphQL schema to a file."""
    settings = settings_from({})
    ontology = _ontology(settings)
    made = api_schema(ontology, declared=declared_in(settings, ontology))
    text = made.sdl()
    if release:
        check_or_write(file or _RELEASED, without_descriptions(text), check=check)
    else:
        check_or_write(file or _SCHEMA, text, check=check)


@cli.command("ontology")
@click.option("--check", is_flag=True, help="Only say whether the file is what it would be now.")
@click.option("--file", type=click.Path(path_type=Path), default=Path("docs/ontology.md"), show_default=True)
def ontology_command(check: bool, file: Path) -> None:
    """Write a page that shows every kind with its fields and edges."""
    check_or_write(file, ontology_page(_ontology(settings_from({}))), check=check)


@cli.command("neo4j", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def neo4j_command(arguments: tuple[str, ...]) -> None:
    """Start a real Neo4j on loopback from Maven jars."""
    sys.exit(neo4j_server.main(list(arguments)))


def _ontology(settings: Settings) -> Ontology:
    return imported(settings.ontology, Ontology)


def _refused(problem: click.UsageError) -> InvalidSettingError:
    """A wrong command line, in the words of the other errors."""
    command = problem.ctx.command_path if problem.ctx else "net4u"
    return InvalidSettingError(problem.format_message(), remedy=f"{command} --help shows what there is.")


def main() -> None:
    """Run a command; an error is one line on standard error and an exit code, never a traceback."""
    try:
        cli.main(prog_name="net4u", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.UsageError as problem:
        refused = _refused(problem)
        click.echo(refused.one_line(), err=True)
        sys.exit(refused.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except GraphError as problem:
        click.echo(problem.one_line(), err=True)
        sys.exit(problem.exit_code)


if __name__ == "__main__":
    main()
