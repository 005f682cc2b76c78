"""Readers over the stores of the tests, and what an export holds, as plain values."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph_api.access.viewer import Viewer
from graph_api.changes.version import raise_version
from graph_api.engine.protocol import Store
from graph_api.exports.answers import Cell
from graph_api.exports.facts import Format
from graph_api.exports.graphs import GraphExport
from graph_api.exports.tables import Table, TableExport
from graph_api.exports.write import written
from graph_api.ontology import Ontology
from graph_api.serve.operations.answer import Asking
from graph_api.serve.operations.export_requests import RuntimeReader, Target, export
from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import Runtime, runtime_of
from tests.serve.served import QUESTIONS
from tests.toy.fixtures import Graph
from tests.toy.ontology import TOY


def toy_reader(graph: Graph) -> RuntimeReader:
    """Reads the toy graph as anybody."""
    return RuntimeReader(graph.runtime, Asking(Viewer(graph.role or TOY.public)))


def reader_of(ontology: Ontology, store: Store, role: str) -> RuntimeReader:
    """Reads a store as a role."""
    return RuntimeReader(runtime_of(ontology, store), Asking(Viewer(role)))


@asynccontextmanager
async def exported(
    reader: RuntimeReader,
    name: str,
    given: Mapping[str, str] | None = None,
    form: Format = Format.JSONL,
    most: int | None = None,
) -> AsyncIterator[TableExport | GraphExport]:
    """What an address exports; the disk is given back at the end."""
    ontology = reader.runtime.vocabulary.ontology
    questions = load_questions(QUESTIONS, reader.runtime.schema.core) if ontology is TOY else {}
    target = Target(name, form, {key: [value] for key, value in (given or {}).items()}, most)
    found = await export(ontology, questions, reader, target)
    try:
        yield found
    finally:
        found.close()


async def file_of(
    reader: RuntimeReader,
    name: str,
    form: Format,
    given: Mapping[str, str] | None = None,
    *,
    escape: bool = True,
) -> bytes:
    """The file that an address gives."""
    async with exported(reader, name, given, form) as found:
        return b"".join(written(found, form, escape=escape))


async def rows_of(
    reader: RuntimeReader, name: str, given: Mapping[str, str] | None = None
) -> list[dict[str, Cell]]:
    """The rows that an address exports, by column."""
    async with exported(reader, name, given) as found:
        assert isinstance(found, TableExport)
        return by_column(found.table)


def by_column(table: Table) -> list[dict[str, Cell]]:
    """The rows of a table by column."""
    names = [head.name for head in table.heads]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


@dataclass(frozen=True)
class WrittenTo(RuntimeReader):
    """A reader of a graph that somebody writes to while it is read, so many times."""

    left: list[int] = field(default_factory=lambda: [1])

    async def _answer(
        self, runtime: Runtime, document: str, variables: Mapping[str, object]
    ) -> Mapping[str, object]:
        """An answer, after which something is written."""
        found = await RuntimeReader._answer(self, runtime, document, variables)
        if self.left[0]:
            self.left[0] -= 1
            await self.runtime.store.write([raise_version()])
        return found
