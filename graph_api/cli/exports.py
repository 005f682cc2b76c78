"""``export``: a list, the answer to a question or a part of the graph, as a file."""

from __future__ import annotations

import asyncio
import shutil
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, cast

import click
import orjson

from graph_api.access.viewer import anonymous, identified
from graph_api.cli.options import store_options
from graph_api.cli.stores import open_or_join
from graph_api.errors import DatabaseUnreachableError, GraphError, InvalidSettingError
from graph_api.exports.facts import TABLES, Format, format_named
from graph_api.exports.graphs import GraphExport
from graph_api.exports.reading import Json, data_of
from graph_api.exports.tables import AnswerRequest, TableExport, export_answer
from graph_api.exports.write import written
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.operations.answer import Asking
from graph_api.serve.operations.export_requests import GRAPH, QUESTIONS, RuntimeReader, Target, export
from graph_api.serve.processes.address import running_server
from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import runtime_of
from graph_api.settings import Settings, settings_from

_SECONDS = 600.0
_TEXTS = {
    "where": "A filter, as the API's input in JSON; with --graph an object with one for each list.",
    "orderBy": "The order, as the API's input in JSON.",
    "asOf": "A day: only relations that hold on it. Example: 2024-05-31.",
    "columns": "Columns with commas between them, as key,name; without it those of the importer's tables.",
    "kinds": "With --graph: lists whose nodes are exported, with commas between them; all without it.",
    "keys": "With --graph: only these keys, as KEY or Kind:KEY.",
    "relations": "With --graph: only edges of these types.",
}


def _parameter_options(command: click.Command) -> click.Command:
    for name, text in _TEXTS.items():
        option = "--" + {"orderBy": "order-by", "asOf": "as-of"}.get(name, name)
        command.params.append(click.Option([option, name], help=text))
    return command


@click.command("export")
@click.argument("list_", metavar="[LIST]", required=False)
@click.option("--question", help="The answer to this stored question instead.")
@click.option(
    "--set",
    "variables",
    multiple=True,
    metavar="NAME=VALUE",
    help="A variable of the question; several times for several.",
)
@click.option(
    "--document",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The answer to the GraphQL document in this file instead.",
)
@click.option("--variables", "json_variables", help="With --document: its variables as a JSON object.")
@click.option("--graph", is_flag=True, help="Nodes and the edges between them instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice([str(each) for each in Format]),
    help="Without it, the end of --out says it.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output.")
@click.option("--raw", is_flag=True, help="CSV without apostrophes before texts that look like formulas.")
@click.option("--role", help="Read as this role; of a running server, the one of the key that is set.")
@click.option("--url", help="A running server, as http://127.0.0.1:8000/; otherwise one is found.")
@store_options
def export_command(list_: str | None, **given: object) -> None:
    """Write a LIST, as the API names it, to a file: CSV, XLSX, JSON lines, GEXF or GraphML."""
    document = cast("Path | None", given.pop("document"))
    name = _name(list_, cast("str | None", given.pop("question")), document, graph=bool(given.pop("graph")))
    out = cast("Path | None", given.pop("out"))
    form = _form(cast("str | None", given.pop("form")), out, graph=name == GRAPH)
    parameters = {each: [str(given.pop(each))] for each in _TEXTS if given.get(each) is not None}
    for text in cast("tuple[str, ...]", given.pop("variables")):
        variable, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(f"--set {text}: write NAME=VALUE.")
        parameters.setdefault(variable, []).append(value)
    if given.pop("raw"):
        parameters["escape"] = ["false"]
    role, url = cast("str | None", given.pop("role")), cast("str | None", given.pop("url"))
    json_variables = cast("str | None", given.pop("json_variables"))
    settings = settings_from({each: given[each] for each in ("data", "database") if each in given})
    target = Target(name, form, parameters)
    if document is None and role is None and not settings.database:
        url = url or running_server(settings)
        if url:
            _download(url, target, settings.key, out)
            return
    asyncio.run(_export(settings, target, role, document, json_variables, out))


def _name(list_: str | None, question: str | None, document: Path | None, *, graph: bool) -> str:
    """What is exported; exactly one thing is."""
    named = [
        list_,
        f"{QUESTIONS}{question}" if question else None,
        document.stem if document else None,
        GRAPH if graph else None,
    ]
    chosen = [name for name in named if name]
    if len(chosen) != 1:
        raise click.UsageError("Name one of LIST, --question, --document and --graph.")
    return chosen[0]


def _form(given: str | None, out: Path | None, *, graph: bool) -> Format:
    if given is None and out is not None and out.suffix:
        return format_named(out.suffix.removeprefix("."))
    return Format(given) if given is not None else Format.GEXF if graph else Format.CSV


async def _export(
    settings: Settings,
    target: Target,
    role: str | None,
    document: Path | None,
    variables: str | None,
    out: Path | None,
) -> None:
    ontology = imported(settings.ontology, Ontology)
    viewer = anonymous(ontology)
    if role is not None:
        if role not in ontology.roles:
            raise InvalidSettingError(
                f"There is no role {role!r}.", remedy=f"There are: {', '.join(ontology.roles)}."
            )
        viewer = identified(ontology, role, "command")
    store = await open_or_join(settings)
    try:
        runtime = runtime_of(ontology, store)
        reader = RuntimeReader(runtime, Asking(viewer))
        found: TableExport | GraphExport
        if document is not None:
            format_named(target.form, TABLES)
            request = AnswerRequest(target.name, _text(document), _json(variables))
            found = await export_answer(ontology, reader, request)
        else:
            questions = load_questions(imported(settings.questions, Path), runtime.schema.core)
            found = await export(ontology, questions, reader, target)
    finally:
        await store.close()
    try:
        with _output(out) as file:
            for block in written(found, target.form, escape=target.escapes):
                file.write(block)
    finally:
        found.close()


def _download(url: str, target: Target, key: str, out: Path | None) -> None:
    query = urllib.parse.urlencode(target.parameters, doseq=True)
    base = url if url.endswith("/") else f"{url}/"
    address = urllib.parse.urljoin(base, f"export/{urllib.parse.quote(target.name)}.{target.form}?{query}")
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise InvalidSettingError(
            f"'{url}' is no address of a server.", remedy="Write http://127.0.0.1:8000/."
        )
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        with (
            urllib.request.urlopen(
                urllib.request.Request(address, headers=headers), timeout=_SECONDS
            ) as response,
            _output(out) as file,
        ):
            shutil.copyfileobj(response, file)
    except urllib.error.HTTPError as problem:
        raise _refusal(problem) from problem
    except OSError as problem:
        raise DatabaseUnreachableError(f"No server answers at {url}: {problem}.") from problem


def _refusal(problem: urllib.error.HTTPError) -> GraphError:
    """The error that a server answered with."""
    with problem:
        try:
            data_of(None, orjson.loads(problem.read())["errors"])
        except GraphError as error:
            return error
        except (ValueError, KeyError, TypeError):
            pass
    return DatabaseUnreachableError(f"The server answers {problem.code} {problem.reason}.")


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    """Where the file goes: standard output, or a file that is there when it is whole."""
    if path is None:
        with nullcontext(sys.stdout.buffer) as stream:
            yield stream
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as problem:
        raise InvalidSettingError(
            f"{path} cannot be written: {problem.strerror}.", setting="out"
        ) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _text(document: Path) -> str:
    try:
        return document.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise InvalidSettingError(f"{document} cannot be read: {problem}.", setting="document") from problem


def _json(variables: str | None) -> Json:
    try:
        found = orjson.loads(variables or "{}")
    except orjson.JSONDecodeError as problem:
        raise InvalidSettingError(f"--variables is no JSON: {problem}.", setting="variables") from None
    if not isinstance(found, dict):
        raise InvalidSettingError("--variables is no JSON object.", setting="variables")
    return found


_parameter_options(export_command)
