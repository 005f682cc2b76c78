"""``coverage``: a table of counts, or its gaps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

import click

from graph_api.api_types.names import where_name
from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.coverage.declare import Coverage
from graph_api.errors import InvalidArgumentError, InvalidSettingError
from graph_api.ontology import Ontology
from graph_api.serve.declared import coverage_named, imported

_DOCUMENT = """query (
  $rows: CoverageAxis!, $columns: CoverageAxis!, $where: %s, $asOf: Date, $compareTo: Date, $gaps: Int,
  $onlyGaps: Boolean!
) {
  coverage(rows: $rows, columns: $columns, where: $where, asOf: $asOf, compareTo: $compareTo) {
    rowKeys
    columnKeys
    cells @skip(if: $onlyGaps) { rowKey columnKey count compared }
    gaps(threshold: $gaps) @include(if: $onlyGaps) { rowKey columnKey count compared }
  }
}"""
_CORNER = "row"
Cells = list[Mapping[str, object]]


@click.command("coverage")
@click.option("--rows", required=True, help="What the rows are; an unknown name shows what there is.")
@click.option("--columns", required=True, help="What the columns are.")
@click.option("--rows-within", multiple=True, metavar="KEY", help="Only rows with this key or inside.")
@click.option("--columns-within", multiple=True, metavar="KEY", help="Only columns with this key or inside.")
@click.option("--rows-level", type=int, help="Only rows so many steps below the widest, which are 0.")
@click.option("--columns-level", type=int, help="Only columns so many steps below the widest, which are 0.")
@click.option("--where", metavar="JSON", help="Only what satisfies this filter, as GraphQL takes it.")
@click.option("--as-of", metavar="DAY", help="Count what holds on this day, as 2026-01-31.")
@click.option("--compare-to", metavar="DAY", help="Count on this day as well; needs --as-of.")
@click.option("--gaps", type=int, metavar="N", help="List the cells that count fewer than N.")
@asking_options
def coverage_command(output: str, **given: object) -> None:
    """Count how many there are for each row and column, each one once, or list where there are too few."""
    settings = settings_given(given)
    ontology = imported(settings.ontology, Ontology)
    coverage = coverage_named(settings.coverage, ontology)
    if coverage is None:
        raise InvalidSettingError("Nothing is counted: the setting coverage is empty.", setting="coverage")
    document = _DOCUMENT % where_name(coverage.counted[0].kind)
    data = ask(settings, document, _variables(coverage, given), given)
    if output == RowFormat.JSON:
        print_answer(data, RowFormat.JSON)
        return
    found = cast("Mapping[str, object]", data["coverage"])
    if given["gaps"] is not None:
        _print_cells(cast(Cells, found["gaps"]), output, compared=given["compare_to"] is not None)
    elif given["compare_to"] is not None:
        _print_cells(cast(Cells, found["cells"]), output, compared=True)
    else:
        _print_matrix(found, output)


def _variables(coverage: Coverage, given: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "rows": _axis(coverage, given, "rows"),
        "columns": _axis(coverage, given, "columns"),
        "where": _filter(cast("str | None", given["where"])),
        "asOf": given["as_of"],
        "compareTo": given["compare_to"],
        "gaps": given["gaps"],
        "onlyGaps": given["gaps"] is not None,
    }


def _axis(coverage: Coverage, given: Mapping[str, object], which: str) -> Mapping[str, object]:
    name = str(given[which])
    known = coverage.texts()
    if name not in known:
        raise InvalidArgumentError(
            f"There is no axis '{name[:80]}'.",
            remedy=f"There are: {', '.join(known)}.",
            argument=f"--{which}",
            value=name[:80],
        )
    axis: dict[str, object] = {"by": name}
    if given[f"{which}_within"]:
        axis["within"] = list(cast("tuple[str, ...]", given[f"{which}_within"]))
    if given[f"{which}_level"] is not None:
        axis["level"] = given[f"{which}_level"]
    return axis


def _filter(text: str | None) -> object:
    if text is None:
        return None
    try:
        return cast(object, json.loads(text))
    except ValueError as problem:
        raise InvalidArgumentError(
            f"--where is no JSON: {problem}.",
            remedy="""Write it as '{"kind": {"eq": "A"}}'.""",
            argument="--where",
            value=text[:80],
        ) from problem


def _print_cells(cells: Cells, output: str, *, compared: bool) -> None:
    columns = ["rowKey", "columnKey", "count", *(["compared"] if compared else [])]
    print_rows(columns, cells, RowFormat(output))


def _print_matrix(found: Mapping[str, object], output: str) -> None:
    """One line for each row; a cell that counts nothing stays empty on a terminal."""
    counts = {(cell["rowKey"], cell["columnKey"]): cell["count"] for cell in cast(Cells, found["cells"])}
    columns = cast("list[str]", found["columnKeys"])
    nothing = 0 if output == RowFormat.CSV else None
    rows = [
        {_CORNER: row, **{column: counts.get((row, column), nothing) for column in columns}}
        for row in cast("list[str]", found["rowKeys"])
    ]
    print_rows([_CORNER, *columns], rows, RowFormat(output))
