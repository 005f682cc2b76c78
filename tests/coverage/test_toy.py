"""The root field ``coverage`` on the toy graph: counts, gaps, lists behind cells, days, mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pytest

from graph_api.coverage.declare import coverage_of
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.serve.declared import Declared
from graph_api.serve.runtime import runtime_of
from tests.toy.coverage import coverage
from tests.toy.fixtures import Graph
from tests.toy.ontology import TOY

Json = dict[str, object]
Shown = dict[str, list[dict[str, Json]]]
CELLS = """query (
  $rows: CoverageAxis!, $columns: CoverageAxis!, $asOf: Date, $compareTo: Date, $where: PersonWhere
) {
  coverage(rows: $rows, columns: $columns, asOf: $asOf, compareTo: $compareTo, where: $where) {
    rowKeys
    columnKeys
    cells { rowKey columnKey count compared people { totalCount nodes { key } } films { totalCount } }
    gaps { rowKey columnKey count }
  }
}"""


@pytest.fixture(scope="module")
def graph(toy: Graph, store: BoltStore) -> Graph:
    return replace(toy, runtime=runtime_of(TOY, store, Declared(coverage=coverage_of(coverage, TOY))))


async def table(graph: Graph, rows: Json, columns: Json, **more: object) -> Mapping[str, object]:
    answer = await graph.data(CELLS, {"rows": rows, "columns": columns, **more})
    return cast("Mapping[str, object]", answer["coverage"])


def counts(found: Mapping[str, object], name: str = "count") -> dict[tuple[str, str], int]:
    cells = cast("list[dict[str, object]]", found["cells"])
    return {(str(cell["rowKey"]), str(cell["columnKey"])): cast(int, cell[name]) for cell in cells}


async def test_people_count_once_for_every_land_that_contains_their_birthplace(graph: Graph) -> None:
    found = await table(graph, {"by": "STUDIO"}, {"by": "BIRTH_LAND"})

    assert found["rowKeys"] == ["lumen", "merlin", "nocturne"]
    assert counts(found) == {
        ("lumen", "Coast"): 2, ("lumen", "Earth"): 3, ("lumen", "Hills"): 1, ("lumen", "Isle"): 1,
        ("lumen", "North"): 3, ("lumen", "South"): 2,
        ("merlin", "Coast"): 1, ("merlin", "Earth"): 1, ("merlin", "North"): 1, ("merlin", "South"): 1,
        ("nocturne", "Coast"): 2, ("nocturne", "Earth"): 2, ("nocturne", "Isle"): 1, ("nocturne", "North"): 2,
        ("nocturne", "South"): 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "columns"),
    [("STUDIO", "BIRTH_LAND"), ("FILM", "STUDIO"), ("GENRE", "LAND"), ("GENRE", "CITY"), ("MAKER", "LAND")],
)
@pytest.mark.parametrize("day", [None, "1968-03-31", "1983-07-04"])
async def test_the_list_behind_a_cell_has_what_it_counts(
    graph: Graph, rows: str, columns: str, day: str | None
) -> None:
    found = await table(graph, {"by": rows}, {"by": columns}, asOf=day)

    cells = cast("list[dict[str, Mapping[str, object]]]", found["cells"])
    assert cells
    for cell in cells:
        listed = cell["people"] or cell["films"]
        assert listed["totalCount"] == cell["count"], cell
    shown = {(str(cell["rowKey"]), str(cell["columnKey"])) for cell in cells}
    gaps = {(gap["rowKey"], gap["columnKey"]) for gap in cast("list[dict[str, str]]", found["gaps"])}
    assert not shown & gaps
    assert len(shown) + len(gaps) == len(cast("list[str]", found["rowKeys"])) * len(
        cast("list[str]", found["columnKeys"])
    )


async def test_counts_of_two_days_stand_side_by_side(graph: Graph) -> None:
    sides: tuple[Json, Json] = ({"by": "STUDIO"}, {"by": "BIRTH_LAND"})
    both = await table(graph, *sides, asOf="1983-07-04", compareTo="1968-03-31")
    now = await table(graph, *sides, asOf="1983-07-04")
    before = await table(graph, *sides, asOf="1968-03-31")

    assert {place: count for place, count in counts(both).items() if count} == counts(now)
    assert {place: count for place, count in counts(both, "compared").items() if count} == counts(before)
    assert set(counts(now, "compared").values()) == {None}


async def test_lines_within_and_of_a_level(graph: Graph) -> None:
    within = await table(graph, {"by": "GENRE", "within": ["DRAMA"]}, {"by": "LAND", "within": ["North"]})
    top = await table(graph, {"by": "GENRE"}, {"by": "LAND", "level": 0})
    below = await table(graph, {"by": "GENRE"}, {"by": "LAND", "level": 1})

    assert within["rowKeys"] == ["DRAMA"]
    assert within["columnKeys"] == ["Coast", "Hills", "Isle", "North"]
    assert (top["columnKeys"], below["columnKeys"]) == (["Earth"], ["North", "South"])


async def test_a_filter_holds_for_counts_and_lists(graph: Graph) -> None:
    where = {"birthplace": {"within": ["Hills"]}}

    found = await table(graph, {"by": "STUDIO"}, {"by": "BIRTH_LAND"}, where=where)

    assert counts(found) == {("lumen", "Earth"): 1, ("lumen", "Hills"): 1, ("lumen", "North"): 1}
    for cell in cast("list[dict[str, dict[str, object]]]", found["cells"]):
        assert cell["people"]["nodes"] == [{"key": "ben"}]


async def test_one_statement_counts(graph: Graph, statements: list[Statement]) -> None:
    days = 'asOf: "1990-01-01", compareTo: "1960-01-01"'
    query = f"""{{ coverage(rows: {{by: GENRE}}, columns: {{by: LAND}}, {days}) {{
      rowKeys columnKeys cells {{ count compared }} gaps {{ count }} }} }}"""
    await graph.data(query)
    statements.clear()

    await graph.data(query)

    assert len([each for each in statements if "LOCATED_IN" in each.text]) == 1


async def test_lines_are_nodes_and_pages_follow_one_another(graph: Graph) -> None:
    query = """query ($after: String) {
      coverage(
        rows: {by: STUDIO, within: ["lumen"]}, columns: {by: BIRTH_LAND, within: ["Earth"], level: 0}
      ) {
        rows { __typename key name }
        columns { key }
        cells { row { name } column { key } people(first: 2, after: $after) {
          edges { cursor } nodes { key } pageInfo { hasNextPage endCursor } } }
      }
    }"""
    first = cast("Shown", (await graph.data(query))["coverage"])
    people = first["cells"][0]["people"]
    info = cast("dict[str, object]", people["pageInfo"])
    after = {"after": info["endCursor"]}
    second = cast("Shown", (await graph.data(query, after))["coverage"])

    assert cast(object, first["rows"]) == [{"__typename": "Studio", "key": "lumen", "name": "Lumen"}]
    assert first["cells"][0]["row"] == {"name": "Lumen"}
    assert (people["nodes"], info["hasNextPage"]) == ([{"key": "ada"}, {"key": "ben"}], True)
    assert second["cells"][0]["people"]["nodes"] == [{"key": "dov"}]


@pytest.mark.parametrize(
    ("rows", "columns", "more", "code"),
    [
        ({"by": "STUDIO"}, {"by": "GENRE"}, {}, "INVALID_ARGUMENT"),
        ({"by": "GENRE"}, {"by": "GENRE"}, {}, "INVALID_ARGUMENT"),
        ({"by": "GENRE", "within": ["WESTERN"]}, {"by": "LAND"}, {}, "INVALID_ARGUMENT"),
        ({"by": "GENRE", "level": -1}, {"by": "LAND"}, {}, "INVALID_ARGUMENT"),
        ({"by": "GENRE"}, {"by": "LAND", "within": ["Atlantis"]}, {}, "UNKNOWN_KEY"),
        ({"by": "STUDIO", "within": ["nobody"]}, {"by": "FILM"}, {}, "UNKNOWN_KEY"),
        ({"by": "STUDIO", "within": [""]}, {"by": "FILM"}, {}, "INVALID_ARGUMENT"),
        ({"by": "STUDIO"}, {"by": "FILM"}, {"compareTo": "1990-01-01"}, "INVALID_ARGUMENT"),
        ({"by": "GENRE"}, {"by": "LAND"}, {"where": {"key": {"eq": "ada"}}}, "INVALID_ARGUMENT"),
        ({"by": "STUDIO"}, {"by": "FILM"}, {"where": {"birthplace": {"within": ["X"]}}}, "UNKNOWN_KEY"),
    ],
)
async def test_mistakes_have_a_code(graph: Graph, rows: Json, columns: Json, more: Json, code: str) -> None:
    answer = await graph.ask(CELLS, {"rows": rows, "columns": columns, **more})

    assert answer.errors
    assert (answer.errors[0].extensions or {})["code"] == code


async def test_one_plan_is_not_taken_for_the_table_of_other_axes(graph: Graph) -> None:
    for rows, columns in (
        ("STUDIO", "FILM"),
        ("FILM", "STUDIO"),
        ("STUDIO", "BIRTH_LAND"),
        ("GENRE", "LAND"),
    ):
        found = await table(graph, {"by": rows}, {"by": columns})
        for cell in cast("list[dict[str, Mapping[str, object]]]", found["cells"]):
            assert (cell["people"] or cell["films"])["totalCount"] == cell["count"]
