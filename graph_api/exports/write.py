"""From what was read to the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.exports.facts import Format
from graph_api.exports.graphs import GraphExport
from graph_api.exports.sheets import check_sheet, workbook
from graph_api.exports.tables import TableExport
from graph_api.exports.texts import csv_lines, graph_json_lines, json_lines
from graph_api.exports.xml_graphs import gexf, graphml


def written(export: TableExport | GraphExport, form: Format, *, escape: bool = True) -> Iterator[bytes]:
    """The bytes of the file, made as they are read; whoever reads them closes the export then.

    What the format cannot hold is said before the first byte: raises ``LimitExceededError``.
    """
    if isinstance(export, TableExport) and form is Format.XLSX:
        check_sheet(export)
    return _of(export, form, escape)


def _of(export: TableExport | GraphExport, form: Format, escape: bool) -> Iterator[bytes]:
    if isinstance(export, GraphExport):
        match form:
            case Format.GEXF:
                return gexf(export)
            case Format.GRAPHML:
                return graphml(export)
            case _:
                return graph_json_lines(export)
    match form:
        case Format.CSV:
            return csv_lines(export, escape=escape)
        case Format.XLSX:
            return workbook(export)
        case _:
            return json_lines(export)
