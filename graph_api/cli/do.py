"""``do``: a command for each of the application's commands, with an option for each of its arguments."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import cast

import click

from graph_api.access.viewer import Viewer, identified
from graph_api.cli.options import store_options
from graph_api.cli.stores import on_store
from graph_api.commands.declare import Commands, CommandType, catalogue
from graph_api.commands.knowledge import OwnKnowledge
from graph_api.commands.problems import Problem
from graph_api.commands.run import CommandResult, Request, Runner
from graph_api.commands.undo import UndoChange
from graph_api.errors import InvalidSettingError
from graph_api.ontology import Ontology
from graph_api.ontology.model import Property, ScalarType
from graph_api.serve.declared import imported
from graph_api.settings import Settings, settings_from

REFUSED = 65
"""The exit code of a command that was refused: EX_DATAERR of sysexits.h."""
_LONGEST_NAME = 100
_UPPER = re.compile(r"(?<=[a-z0-9])[A-Z]")
_SETTINGS = ("data", "database")


class DoGroup(click.Group):
    """Lists the application's commands as its own."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            help="Change the graph by a command. Without one, list them all.",
            invoke_without_command=True,
        )
        self.callback = _list_commands

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands, as they are written here."""
        return [found.option for found in _commands(settings_from({})).types.values()]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or nothing."""
        types = _commands(settings_from({})).types.values()
        return next((_command(found) for found in types if found.option == cmd_name), None)


def _commands(settings: Settings) -> Commands:
    return imported(settings.commands, Commands)


def _list_commands() -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return
    types = list(_commands(settings_from({})).types.values())
    width = max(len(found.option) for found in types)
    for found in types:
        click.echo(f"{found.option:<{width}}  {found.title}.")
    doing = f"{context.command_path} NAME"
    click.echo(f"\nDo one: {doing}; its options: {doing} --help")


def _command(found: CommandType) -> click.Command:
    def carry_out(**given: object) -> None:
        arguments = {each.name: _given(given.pop(_parameter(each))) for each in found.arguments}
        stated = {name: value for name, value in arguments.items() if value is not None}
        _run(found, stated, given)

    # What is applied last stands first in the help.
    callback = _common(carry_out)
    if found.command.states_facts:
        callback = _sources(callback)
    for each in reversed(found.arguments):
        callback = _option(each)(callback)
    return click.command(found.option, help=found.description, short_help=found.title)(callback)


Callback = Callable[..., None]


def _option(found: Property) -> Callable[[Callback], Callback]:
    names = f"--{found.name.replace('_', '-')}"
    said = [found.description]
    if found.enum is not None:
        said.append(f"One of {', '.join(found.enum.__members__)}.")
    if found.type is ScalarType.STRINGS:
        said.append("May be given several times.")
    if found.required and found.type is not ScalarType.STRINGS:
        said.append("[required]")
    help_text = " ".join(said)
    if found.type is ScalarType.BOOLEAN:
        names = f"{names}/--no-{found.name.replace('_', '-')}"
        return click.option(names, _parameter(found), default=None, help=help_text)
    multiple = found.type is ScalarType.STRINGS
    return click.option(names, _parameter(found), multiple=multiple, help=help_text)


def _parameter(found: Property) -> str:
    """A name that no other option of the command has."""
    return f"argument_{found.name}"


def _given(value: object) -> object:
    """What is not given is None, however often it could be."""
    return (list(value) or None) if isinstance(value, tuple) else value


def _sources(command: Callback) -> Callback:
    command = click.option(
        "--own-knowledge", is_flag=True, help="It is your own knowledge; no document says so."
    )(command)
    return click.option(
        "--source",
        "sources",
        multiple=True,
        help="The key of a source that says so; may be given several times.",
    )(command)


def _common(command: Callback) -> Callback:
    for option in (
        click.option("--reason", help="Why, for the history."),
        click.option("--idempotency-key", help="Sent again under the same key, it is done once."),
        click.option("--expected-version", type=int, help="Refuse if it changed since this version."),
        click.option("--dry-run", is_flag=True, help="Say what would become of it, and store nothing."),
        click.option(
            "--as", "actor", metavar="NAME", help="Who does it, for the history; your user name unless given."
        ),
        click.option(
            "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it."
        ),
    ):
        command = option(command)
    return store_options(command)


@click.command("undo")
@click.argument("number")
@_common
def undo_command(number: str, **given: object) -> None:
    """Take the change NUMBER back, unless later changes depend on it."""
    [found] = catalogue(UndoChange).types.values()
    _run(found, {"number": number}, given)


def _run(found: CommandType, arguments: Mapping[str, object], given: Mapping[str, object]) -> None:
    settings = settings_from({name: given[name] for name in _SETTINGS})
    ontology = imported(settings.ontology, Ontology)
    viewer = _viewer(ontology, cast("str | None", given["actor"]))
    request = Request(
        found,
        arguments,
        sources=cast("tuple[str, ...]", given.get("sources", ())),
        own_knowledge=bool(given.get("own_knowledge")),
        reason=cast("str | None", given["reason"]),
        idempotency_key=cast("str | None", given["idempotency_key"]),
        expected_version=cast("int | None", given["expected_version"]),
        dry_run=bool(given["dry_run"]),
    )
    knowledge: OwnKnowledge | None = _commands(settings).knowledge
    result = on_store(settings, lambda store: Runner(store, ontology, knowledge).run(request, viewer))
    if given["output"] == "json":
        click.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    _print_result(found, request, result, told=given["output"] == "json")
    if result.problems:
        sys.exit(REFUSED)


def _viewer(ontology: Ontology, name: str | None) -> Viewer:
    """Whoever can open the database can do everything; raises ``InvalidSettingError`` for no name."""
    actor = name if name is not None else _user()
    if not actor.strip() or not actor.isprintable() or len(actor) > _LONGEST_NAME:
        raise InvalidSettingError(
            f"{actor[:_LONGEST_NAME]!r} cannot stand in a history.",
            remedy=f"A name has 1 to {_LONGEST_NAME} printable characters.",
            setting="as",
        )
    if not ontology.roles:
        raise InvalidSettingError("The ontology has no roles, so nobody may write.", setting="ontology")
    return identified(ontology, ontology.roles[-1], actor)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in containers
        return f"user {os.getuid()}"


def _print_result(found: CommandType, request: Request, result: CommandResult, *, told: bool) -> None:
    """Problems and notices on standard error, the rest on standard output unless it was told as JSON."""
    for problem in result.problems:
        click.echo(_line(found, problem), err=True)
    for notice in result.notices:
        click.echo(f"Notice: {notice}", err=True)
    if result.problems or told:
        return
    about = f" ({result.subject})" if result.subject is not None else ""
    if result.repeated:
        click.echo(f"Done before, by change {result.number}{about}.")
    elif request.dry_run:
        items = "1 item" if result.items == 1 else f"{result.items} items"
        click.echo(f"Would change {items}{about}; nothing is stored.")
    elif result.number is None:
        click.echo(f"Nothing differs{about}.")
    else:
        program = click.get_current_context().find_root().info_name
        click.echo(f"Change {result.number}{about}. Take it back: {program} undo {result.number}")


def _line(found: CommandType, problem: Problem) -> str:
    field = f", {_option_named(found, problem.field)}" if problem.field else ""
    rule = f", {problem.rule}" if problem.rule else ""
    remedy = f" {problem.remedy}" if problem.remedy else ""
    return f"{problem.code.name}{field}{rule}: {problem.message}{remedy}"


def _option_named(found: CommandType, field: str) -> str:
    """The option that gives an argument, or the property as it is called when it is none."""
    for each in found.arguments:
        if field in (each.field, each.name):
            return f"--{each.name.replace('_', '-')}" if found.command is not UndoChange else each.name
    common = {"sources": "--source", "idempotencyKey": "--idempotency-key"}
    return common.get(field, _UPPER.sub(lambda letter: f"-{letter.group().lower()}", field))


def _as_json(result: CommandResult) -> dict[str, object]:
    return {
        "number": result.number,
        "subject": f"{result.subject.kind}:{result.subject.key}" if result.subject else None,
        "items": result.items,
        "repeated": result.repeated,
        "notices": list(result.notices),
        "problems": [
            {
                "code": each.code.name,
                "message": each.message,
                "field": each.field,
                "value": each.value,
                "rule": each.rule,
                "remedy": each.remedy,
                "changes": list(each.changes),
            }
            for each in result.problems
        ],
    }


do_group = DoGroup(name="do")
