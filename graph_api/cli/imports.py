"""``import``: spreadsheets into the graph, looked at first; and the templates to fill in."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from graph_api.cli.options import store_options
from graph_api.cli.stores import open_or_join
from graph_api.duplicates.identity import Identity
from graph_api.duplicates.of_new import DuplicateFinder
from graph_api.duplicates.snapshot import Snapshots
from graph_api.engine.protocol import Store
from graph_api.errors import InvalidArgumentError
from graph_api.imports.mapping import target_named, targets_of
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import ImportReport, Mode, OutcomeKind
from graph_api.imports.rows.render import outcome_text, report_json, sheet_lines, summary
from graph_api.imports.rows.run import Options, import_file, no_progress
from graph_api.imports.rows.spool import outcomes_csv, read_outcomes
from graph_api.imports.templates import FORMATS, template_bytes, template_of
from graph_api.ontology import Ontology
from graph_api.serve.declared import identity_named, imported
from graph_api.serve.http.imports.limits import formats_of, read_limits
from graph_api.settings import Settings, settings_from

_PLAIN_WIDTH = 160
_REPORTS = ("table", "json", "csv")


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as", "target", default="", metavar="NAME", help="What the rows are, as a plural or an edge.")
@click.option("--map", "columns", multiple=True, metavar="HEADING=column", help="What a heading means.")
@click.option("--strict", is_flag=True, help="Refuse columns that mean nothing, instead of ignoring them.")
@click.option("--source", default="", metavar="KEY", help="The source of rows that name none.")
@click.option("--synthetic", is_flag=True, help="The rows are made up, unless they say otherwise.")
@click.option("--keys", "key_prefix", default="", metavar="PREFIX", help="Make keys of names: PREFIX-NAME.")
@click.option("--names", "by_name", is_flag=True, help="Take a name that one node has for its key.")
@click.option("--clear", "clears", is_flag=True, help="An empty cell takes away what is stored.")
@click.option("--new", "takes_duplicates", is_flag=True, help="Create also what may be there already.")
@click.option("--reason", help="Why; it stands in the history.")
@click.option("--commit", is_flag=True, help="Store the rows: all of them, or none when one is rejected.")
@click.option("--rows", is_flag=True, help="With --commit: store the good rows, whatever the others are.")
@click.option(
    "--format", "form", default="", metavar="NAME", help="The format, where the file does not tell."
)
@click.option("--encoding", default="", help="The encoding of a CSV file that is not in Unicode.")
@click.option("--header-row", type=click.IntRange(1), default=1, help="The row of the headings.")
@click.option("--report", type=click.Choice(_REPORTS), default="table", help="How to print the outcomes.")
@click.option("--template", "template", default="", metavar="NAME", help="Write an empty table to fill in.")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it.")
@store_options
def import_command(files: tuple[Path, ...], template: str, output: Path | None, **given: object) -> None:
    """Import spreadsheets: CSV, XLSX, ODS and JSON lines. Without --commit only say what would be."""
    settings = settings_from({name: given.pop(name) for name in ("data", "database")})
    report = str(given.pop("report"))
    if template:
        _write_template(settings, template, str(given["form"]), output)
        return
    if not files:
        raise InvalidArgumentError(
            "No file is named.", remedy="Name files, or a --template.", argument="files"
        )
    options = _options(settings, given)
    asyncio.run(_import_all(settings, files, options, report))


def _options(settings: Settings, given: dict[str, object]) -> Options:
    commit, rows = bool(given.pop("commit")), bool(given.pop("rows"))
    if rows and not commit:
        raise InvalidArgumentError(
            "Rows are stored with --commit only.", remedy="Say --commit --rows.", argument="rows"
        )
    mode = (Mode.ROWS if rows else Mode.ALL) if commit else Mode.DRY_RUN
    defaults = Defaults(str(given.pop("source")), bool(given.pop("synthetic")))
    return Options(
        mode=mode,
        defaults=defaults,
        limits=read_limits(settings),
        formats=formats_of(settings),
        **given,  # type: ignore[arg-type]  # the names and types of the options above
    )


async def _import_all(settings: Settings, files: Sequence[Path], options: Options, how: str) -> None:
    ontology = imported(settings.ontology, Ontology)
    store = await open_or_join(settings)
    reports: list[ImportReport] = []
    identity = identity_named(settings.identity, ontology)
    try:
        with tempfile.TemporaryDirectory(prefix="import-") as directory:
            for number, path in enumerate(files):
                spool = Path(directory) / f"{number}.jsonl"
                with _progress(path.name) as progress:
                    report = await import_file(
                        store,
                        ontology,
                        path,
                        options,
                        spool,
                        progress=progress,
                        find_duplicates=_finder(store, identity) if identity else None,
                    )
                _print(report, spool, how)
                reports.append(report)
    finally:
        await store.close()
    for report in reports:
        report.raise_if_not_stored()


def _finder(store: Store, identity: Identity) -> DuplicateFinder:
    async def version() -> None:
        """None is known: what is compared is read for each file."""

    role = identity.ontology.roles[-1] if identity.ontology.roles else identity.ontology.public
    return DuplicateFinder(identity, Snapshots(identity, store), version, role)


@contextlib.contextmanager
def _progress(name: str) -> Iterator[Callable[[int], None]]:
    """How many rows are done, at a terminal; a log has no use for it."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}: {task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done: bars.update(task, completed=done)


def _print(report: ImportReport, spool: Path, how: str) -> None:
    if how == "json":
        click.echo(orjson.dumps(report_json(report), option=orjson.OPT_INDENT_2).decode())
        return
    if how == "csv":
        for line in outcomes_csv(read_outcomes(spool)):
            click.echo(line, nl=False)
        return
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    for sheet in report.sheets:
        for text in sheet_lines(sheet):
            console.print(text, markup=False, highlight=False)
    shown = [each for each in report.shown if each.kind is not OutcomeKind.UNCHANGED]
    if shown:
        table = Table("sheet", "row", "outcome", "about", "what")
        for each in sorted(shown, key=lambda found: (found.sheet, found.row)):
            table.add_row(each.sheet, str(each.row), str(each.kind), each.of, outcome_text(each))
        console.print(table, markup=False)
        left = report.rows - report.count(OutcomeKind.UNCHANGED) - len(shown)
        if left:
            console.print(
                f"... and {left:,} rows more (--report csv prints all).", markup=False, highlight=False
            )
    console.print(summary(report), markup=False, highlight=False)


def _write_template(settings: Settings, name: str, form: str, output: Path | None) -> None:
    ontology = imported(settings.ontology, Ontology)
    form = form or (output.suffix.removeprefix(".") if output is not None else FORMATS[0])
    if form not in FORMATS:
        raise InvalidArgumentError(
            f"There is no template in the format '{form[:20]}'.",
            remedy=f"There are: {', '.join(FORMATS)}.",
            argument="format",
        )
    template = template_of(ontology, target_named(targets_of(ontology), name))
    path = output or Path(f"{template.name}.{form}")
    try:
        path.write_bytes(template_bytes(template, form))
    except OSError as problem:
        raise InvalidArgumentError(
            f"{path} cannot be written: {problem.strerror}.", argument="output", value=str(path)
        ) from problem
    click.echo(f"{path} is written: {len(template.columns)} columns for {template.name}.")
