"""Lists and answers as rows: their columns, their pages, what bounds them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graph_api.changes.version import raise_version, read_version, version_of
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import (
    DatabaseConflictError,
    ForbiddenError,
    InvalidArgumentError,
    LimitExceededError,
    UnknownQuestionError,
)
from graph_api.exports import columns as columns_module
from graph_api.exports import pages
from graph_api.exports.columns import CellType
from graph_api.exports.facts import Format
from graph_api.exports.graphs import GraphExport
from graph_api.exports.tables import TableExport
from graph_api.serve.execution.inside import Inside
from graph_api.serve.operations.export_requests import RuntimeReader
from tests.exports.readers import WrittenTo, by_column, exported, reader_of, rows_of, toy_reader
from tests.toy.fixtures import Graph
from tests.visibility.domain import ARCHIVE, FILL, SECRET

QUESTION = "questions/films-named"
BROOKS = {"name": "The Brook"}


@pytest.fixture
def reader(toy: Graph) -> RuntimeReader:
    return toy_reader(toy)


async def test_a_list_has_the_columns_of_its_table_and_names(reader: RuntimeReader) -> None:
    async with exported(reader, "films") as found:
        assert isinstance(found, TableExport)
        types = {head.name: head.type for head in found.table.heads}
        rows = by_column(found.table)

    assert list(types) == [
        "key", "name", "name_en", "name_fr", "name_de", "genre", "released", "premiere", "minutes", "rating",
        "restored", "tagline", "tags", "remark", "settings", "original", "original.name", "synthetic",
        "sources",
    ]  # fmt: skip
    assert types["premiere"] is types["released"] is CellType.DATE
    assert (types["minutes"], types["rating"], types["restored"]) == (
        CellType.WHOLE,
        CellType.NUMBER,
        CellType.BOOLEAN,
    )
    by_key = {str(row["key"]): row for row in rows}
    assert by_key["alba"] == {
        "key": "alba", "name": "Alba", "name_en": "Dawn", "name_fr": "Aube", "name_de": None,
        "genre": "DRAMA", "released": "1968-03-15", "premiere": "1968-03-01", "minutes": 95, "rating": 7.5,
        "restored": True, "tagline": "Night must end.", "tags": ["night", "light"],
        "remark": "The print was lost for years.",
        "settings": ["City:Aldermouth", "Land:Coast"], "original": None, "original.name": None,
        "synthetic": True, "sources": ["almanac", "catalogue"],
    }  # fmt: skip
    assert (by_key["brook2"]["original"], by_key["brook2"]["original.name"]) == ("brook", "The Brook")
    assert (by_key["aeon"]["released"], by_key["brook"]["released"]) == ("1972", "1955-07")


async def test_pages_of_any_size_give_the_same_rows(
    reader: RuntimeReader, monkeypatch: pytest.MonkeyPatch, statements: list[Statement]
) -> None:
    # given all rows at once
    order = {"orderBy": '[{"genre": "DESC"}, {"name": "ASC"}]'}
    whole = await rows_of(reader, "films", order)

    # when pages are tiny, and lists below a row longer than what comes with it
    monkeypatch.setattr(pages, "PORTION", 2)
    monkeypatch.setattr(pages, "REST", 1)
    monkeypatch.setattr(columns_module, "NESTED", 1)
    statements.clear()
    small = await rows_of(reader, "films", order)

    # then the rows are the same
    assert small == whole
    assert len(statements) > len(whole) / 2


async def test_a_list_is_ordered_once_however_many_rows_it_has(
    reader: RuntimeReader, monkeypatch: pytest.MonkeyPatch, statements: list[Statement]
) -> None:
    monkeypatch.setattr(pages, "PORTION", 1)

    rows = await rows_of(reader, "films", {"orderBy": '[{"premiere": "ASC"}]', "columns": "name"})

    ordered = [each for each in statements if "ORDER BY n0.premiere" in each.text]
    assert len(rows) > 2
    assert len(ordered) == 1


@pytest.mark.parametrize("name", ["films", "graph"])
async def test_pages_and_costs_of_clients_do_not_bound_exports(reader: RuntimeReader, name: str) -> None:
    # given a server that gives clients next to nothing
    runtime = reader.runtime
    few = replace(runtime, vocabulary=replace(runtime.vocabulary, max_page=1), max_cost=1, inside=Inside())

    async with (
        exported(reader, name) as whole,
        exported(RuntimeReader(few, reader.asking), name) as found,
    ):
        assert found.facts.rows == whole.facts.rows > 1


async def test_a_list_is_filtered_and_ordered_as_the_api_does(reader: RuntimeReader) -> None:
    rows = await rows_of(
        reader,
        "films",
        {
            "where": json.dumps({"genre": {"eq": "COMEDY"}}),
            "orderBy": json.dumps({"premiere": "DESC"}),
            "columns": "name,premiere,cast.name,original.key",
        },
    )

    assert [row["key"] for row in rows][:2] == ["brook2", "brook"]
    assert list(rows[0]) == ["key", "name", "premiere", "cast.name", "original.key", "synthetic", "sources"]
    assert rows[0]["original.key"] == "brook"
    assert all(isinstance(row["cast.name"], list) for row in rows)


async def test_relations_are_those_of_the_day(reader: RuntimeReader) -> None:
    columns = {"columns": "employments"}
    ever = await rows_of(reader, "people", columns)
    then = await rows_of(reader, "people", {**columns, "asOf": "1900-01-01"})

    assert any(row["employments"] for row in ever)
    assert len(then) == len(ever)
    assert sum(len(row["employments"]) for row in then if isinstance(row["employments"], list)) < sum(
        len(row["employments"]) for row in ever if isinstance(row["employments"], list)
    )


async def test_the_facts_say_what_it_is(reader: RuntimeReader) -> None:
    where = {"genre": {"eq": "COMEDY"}}
    async with exported(reader, "films", {"where": json.dumps(where), "asOf": "1990-01-01"}) as found:
        facts = found.facts.items()
        assert isinstance(found, TableExport)
        sources = {str(row["key"]) for row in by_column(found.sources)}
        named = {key for row in by_column(found.table) for key in row["sources"] or []}  # type: ignore[union-attr]

    version = version_of(await reader.runtime.store.read(read_version()))
    assert version is not None
    assert facts["export"] == "films"
    assert json.loads(str(facts["filters"])) == {"where": where}
    assert (facts["as_of"], facts["graph_version"]) == ("1990-01-01", version.number)
    assert (facts["rows"], facts["synthetic"]) == (found.facts.rows, found.facts.rows)
    assert sources == named


async def test_a_question_becomes_the_rows_of_its_table(reader: RuntimeReader) -> None:
    async with exported(reader, QUESTION, BROOKS) as found:
        assert isinstance(found, TableExport)
        rows = by_column(found.table)
        facts = found.facts.items()

    assert rows == [{"key": "brook", "name": "The Brook"}, {"key": "brook2", "name": "The Brook"}]
    assert facts["export"] == "films-named"
    assert json.loads(str(facts["filters"])) == BROOKS


async def test_a_graph_that_changes_once_is_read_again(reader: RuntimeReader) -> None:
    # given somebody who writes while the first page is read
    writing = WrittenTo(reader.runtime, reader.asking, [1])

    # when the list is exported
    async with exported(writing, "films") as found:
        facts = found.facts.items()

    # then it is that of the version after
    version = version_of(await reader.runtime.store.read(read_version()))
    assert version is not None
    assert facts["graph_version"] == version.number


async def test_a_graph_that_never_stands_still_is_not_exported(reader: RuntimeReader) -> None:
    writing = WrittenTo(reader.runtime, reader.asking, [1000])

    for name in ("films", "graph", QUESTION):
        given = BROOKS if name.startswith("questions") else {}
        with pytest.raises(DatabaseConflictError, match="each of 3 attempts"):
            async with exported(writing, name, given):
                pass


@pytest.mark.parametrize("name", ["films", "graph", QUESTION])
async def test_too_many_rows_are_refused(reader: RuntimeReader, name: str) -> None:
    given = BROOKS if name.startswith("questions") else {}
    with pytest.raises(LimitExceededError) as caught:
        async with exported(reader, name, given, most=1):
            pass
    assert caught.value.place["limit_name"] == "export_rows"


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("novels", {}, InvalidArgumentError),
        ("films", {"were": "{}"}, InvalidArgumentError),
        ("films", {"where": "{"}, InvalidArgumentError),
        ("films", {"where": "[]"}, InvalidArgumentError),
        ("films", {"where": '{"genre": {"eq": "ROMANCE"}}'}, InvalidArgumentError),
        ("films", {"where": '{"pages": 1}'}, InvalidArgumentError),
        ("films", {"orderBy": '{"name": "UP"}'}, InvalidArgumentError),
        ("films", {"orderBy": '"name"'}, InvalidArgumentError),
        ("films", {"asOf": "yesterday"}, InvalidArgumentError),
        ("films", {"columns": "name,author"}, InvalidArgumentError),
        ("films", {"columns": "cast.roles.name"}, InvalidArgumentError),
        ("films", {"columns": "original.cast.name"}, InvalidArgumentError),
        ("films", {"columns": "name.name"}, InvalidArgumentError),
        ("films", {"columns": "cast.name }"}, InvalidArgumentError),
        ("questions/none", {}, UnknownQuestionError),
        (QUESTION, {}, InvalidArgumentError),
        (QUESTION, {"year": "1"}, InvalidArgumentError),
        ("graph", {"kinds": "novels"}, InvalidArgumentError),
        ("graph", {"relations": "WroteIt"}, InvalidArgumentError),
        ("graph", {"kinds": "films", "where": '{"people": {}}'}, InvalidArgumentError),
        ("graph", {"kinds": "films", "columns": "name"}, InvalidArgumentError),
    ],
)
async def test_what_is_wrong_is_named(
    reader: RuntimeReader, name: str, given: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        async with exported(reader, name, given):
            pass


@pytest.mark.parametrize(
    ("name", "form"),
    [("graph", Format.CSV), ("graph", Format.XLSX), (QUESTION, Format.GEXF)],
)
async def test_a_format_that_does_not_fit_is_refused(reader: RuntimeReader, name: str, form: Format) -> None:
    with pytest.raises(InvalidArgumentError, match="There is no format"):
        async with exported(reader, name, {}, form):
            pass


@pytest.fixture
async def archive(empty_store: BoltStore) -> BoltStore:
    """The archive with its secrets."""
    await empty_store.write([FILL, raise_version()])
    return empty_store


async def test_what_a_role_may_not_see_is_in_no_export(archive: BoltStore) -> None:
    public, chief = (reader_of(ARCHIVE, archive, role) for role in ("PUBLIC", "CHIEF"))
    for form in Format:
        for name in ("reports", "graph"):
            if (name == "graph") == (form in (Format.CSV, Format.XLSX)):
                continue
            async with exported(public, name, {}, form) as found:
                assert SECRET not in repr([*_rows(found)]), (name, form)
            async with exported(chief, name, {}, form) as found:
                assert SECRET in repr([*_rows(found)]), (name, form)
    with pytest.raises(ForbiddenError):
        async with exported(public, "reports", {"columns": "assessment"}):
            pass
    assert await rows_of(public, "informants") == []
    assert len(await rows_of(chief, "informants")) == 1


def _rows(found: TableExport | GraphExport) -> list[object]:
    if isinstance(found, GraphExport):
        return [*found.nodes, *found.edges]
    return [*found.table.rows, *found.sources.rows]
