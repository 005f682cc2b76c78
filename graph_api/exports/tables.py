"""Rows with what they are: read from the graph, and ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from graph_api.changes.version import GraphVersion
from graph_api.exports.answers import Cell, columns_of, rows_of, sources_in, total_of
from graph_api.exports.columns import ALWAYS, CellType, Column, Columns, merged, rendered
from graph_api.exports.dates import date_columns
from graph_api.exports.facts import Facts, now
from graph_api.exports.pages import check_rows, count_of, nodes_of_list, nodes_with_keys, with_whole_lists
from graph_api.exports.reading import Json, Reader, of_one_version
from graph_api.exports.spool import Spool
from graph_api.ontology import Ontology
from graph_api.ontology.model import NodeType


@dataclass(frozen=True, slots=True)
class Head:
    """A column as files show it."""

    name: str
    type: CellType


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows."""

    heads: tuple[Head, ...]
    rows: Spool[list[Cell]]


@dataclass(frozen=True, slots=True)
class TableExport:
    """Rows, the sources that they name, and what they are. ``close`` gives the disk back."""

    facts: Facts
    table: Table
    sources: Table

    def close(self) -> None:
        """Give back what the rows take."""
        self.table.rows.close()
        self.sources.rows.close()


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which list to export; without ``columns`` those of the importer's table. ``most`` bounds the rows."""

    kind: NodeType
    where: Json | None = None
    order: Sequence[Json] | None = None
    as_of: str | None = None
    columns: Sequence[str] | None = None
    most: int | None = None

    @property
    def variables(self) -> dict[str, object]:
        """The variables of its question, but for the page."""
        given = {"where": self.where, "orderBy": self.order, "asOf": self.as_of}
        return {name: value for name, value in given.items() if value is not None}


async def export_list(ontology: Ontology, reader: Reader, request: ListRequest) -> TableExport:
    """Read a list to its end.

    Raises ``LimitExceededError`` for more rows than ``most``, ``InvalidArgumentError`` for columns that
    there are not, ``DatabaseConflictError`` for a graph that never stands still, and what the questions
    raise.
    """
    found = Columns(ontology, request.kind, reader.role)
    columns = found.default() if request.columns is None else found.chosen(request.columns)
    heads = tuple(Head(each.name, each.type) for each in columns)
    filters = {"where": request.where, "orderBy": request.order}

    async def read(version: GraphVersion | None) -> TableExport:
        count = await count_of(reader, request.kind, request.variables)
        check_rows(count, request.most)
        with _rows() as rows:
            keys: set[str] = set()
            synthetic = 0
            selection = rendered(merged(columns))
            async for node in nodes_of_list(reader, request.kind, selection, request.variables, count):
                whole = await with_whole_lists(reader, request.kind, node, columns, request.as_of)
                rows.add([column.cell(whole) for column in columns])
                synthetic += bool(whole["synthetic"])
                keys.update(sources_in(whole))
            facts = Facts(
                request.kind.plural,
                filters,
                request.as_of,
                version,
                reader.role,
                rows.count,
                synthetic,
                exported=now(),
            )
            return TableExport(facts, Table(heads, rows), await _sources(ontology, reader, keys))

    return await of_one_version(reader, read)


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """A document whose answer to export, with its variables; ``title`` is what it is called."""

    title: str
    document: str
    variables: Json
    most: int | None = None


async def export_answer(ontology: Ontology, reader: Reader, request: AnswerRequest) -> TableExport:
    """Ask a question and make rows of its answer, as a terminal shows them; raises like ``export_list``.

    Where the question asks for a page, the rows are those of the page, and the facts say of how many.
    """

    async def read(version: GraphVersion | None) -> TableExport:
        data = await reader.ask(request.document, request.variables)
        found = rows_of(data)
        check_rows(len(found), request.most)
        dates = date_columns(ontology, request.document)
        names = columns_of(found)
        heads = tuple(Head(name, _type(name, [row.get(name) for row in found], dates)) for name in names)
        with _rows() as rows:
            for row in found:
                rows.add([row.get(name) for name in names])
            as_of = request.variables.get("asOf")
            facts = Facts(
                request.title,
                request.variables,
                str(as_of) if as_of is not None else None,
                version,
                reader.role,
                len(found),
                sum(row.get(ALWAYS[0]) is True for row in found),
                total=total_of(data),
                exported=now(),
            )
            return TableExport(
                facts, Table(heads, rows), await _sources(ontology, reader, set(sources_in(data)))
            )

    return await of_one_version(reader, read)


def _type(name: str, cells: Sequence[Cell], dates: set[str]) -> CellType:
    if name in dates:
        return CellType.DATE
    types = {type(cell) for cell in cells if cell is not None}
    for python, found in _PYTHON_TYPES:
        if types and types <= python:
            return found
    return CellType.TEXT


_PYTHON_TYPES: Final[tuple[tuple[set[type], CellType], ...]] = (
    ({bool}, CellType.BOOLEAN),
    ({int}, CellType.WHOLE),
    ({int, float}, CellType.NUMBER),
    ({list}, CellType.LIST),
)


@contextmanager
def _rows() -> Iterator[Spool[list[Cell]]]:
    """A spool that is closed when its rows could not be read."""
    rows: Spool[list[Cell]] = Spool()
    try:
        yield rows
    except BaseException:
        rows.close()
        raise


async def _sources(ontology: Ontology, reader: Reader, keys: set[str]) -> Table:
    """The sources with these keys: their own properties, in the order of their keys."""
    kind = ontology.node(ontology.source_kind)
    columns: list[Column] = Columns(ontology, kind, reader.role).plain()
    columns = [each for each in columns if each.type is not CellType.LIST]
    with _rows() as rows:
        async for node in nodes_with_keys(reader, kind, rendered(merged(columns)), sorted(keys)):
            rows.add([column.cell(node) for column in columns])
        return Table(tuple(Head(each.name, each.type) for each in columns), rows)
