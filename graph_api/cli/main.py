"""The command ``net4u``: serve, ask, paths, do, import, export, load, keys, and what keeps files fresh.

A command is imported when it is asked for: the program starts without what the others need.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Final, cast

import click

from graph_api import __version__
from graph_api.errors import GraphError, InvalidSettingError
from graph_api.settings import settings_from

COMMANDS: Final = {
    "ask": "ask:ask_group",
    "connect": "neighborhoods:connect_command",
    "coverage": "coverage:coverage_command",
    "do": "do:do_group",
    "dump": "dumps:dump_command",
    "duplicates": "duplicates:duplicates_command",
    "export": "exports:export_command",
    "health": "findings:health_command",
    "history": "history:history_command",
    "import": "imports:import_command",
    "keys": "keys:keys_group",
    "load": "loading:load_command",
    "metrics": "metrics:metrics_command",
    "neighborhood": "neighborhoods:neighborhood_command",
    "neo4j": "neo4j:neo4j_command",
    "ontology": "generated:ontology_command",
    "paths": "neighborhoods:paths_command",
    "schema": "generated:schema_command",
    "search": "search:search_command",
    "serve": "serving:serve_command",
    "undo": "do:undo_command",
}
"""Where each command is, in the modules of this package."""


class Program(click.Group):
    """The commands of this program, and those that the application adds."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted({*COMMANDS, *(each.name or "" for each in self._added())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or nothing."""
        if cmd_name in COMMANDS:
            module, _, name = COMMANDS[cmd_name].partition(":")
            found = importlib.import_module(f"graph_api.cli.{module}")
            return cast("click.Command", getattr(found, name))
        return next((each for each in self._added() if each.name == cmd_name), None)

    def _added(self) -> Sequence[click.Command]:
        # Imported here, since what an application declares brings everything with it.
        from graph_api.serve.declared import own_fields_named

        fields = own_fields_named(settings_from({}).own_fields)
        return fields.commands if fields else ()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """The NET4U knowledge graph. Every option can also be set in the environment, as NET4U_PORT=8123."""


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
