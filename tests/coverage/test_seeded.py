"""Tables of the seeds: every table that is declared, and each cell against the list with its filter."""

from __future__ import annotations

from typing import cast

import pytest

from graph_api.coverage.declare import coverage_of
from schema import ontology
from schema.coverage import coverage
from tests.toy.fixtures import Graph

Cells = list[dict[str, object]]
PAIRS = [
    (rows, columns)
    for each in coverage_of(coverage, ontology).counted
    for rows in each.axes
    for columns in each.axes
    if rows < columns
]


async def cells(graph: Graph, rows: str, columns: str, day: str = "2024-06-30") -> Cells:
    query = f"""{{ coverage(rows: {{ {rows} }}, columns: {{ {columns} }}, asOf: "{day}") {{
      cells {{ rowKey columnKey count }} }} }}"""
    found = cast("dict[str, Cells]", (await graph.data(query))["coverage"])
    return found["cells"]


async def test_cells_of_themes_and_regions_agree_with_lists(seeded_graph: Graph) -> None:
    found = await cells(seeded_graph, "by: THEME, level: 0", "by: REGION_NET4U")

    assert found
    for cell in found:
        query = """query ($theme: [String!], $region: [String!]) {
          organizations(asOf: "2024-06-30", where: {
            themes: { some: { node: { within: $theme } } } country: { within: $region }
          }) { totalCount }
        }"""
        variables = {"theme": [cell["rowKey"]], "region": [cell["columnKey"]]}
        listed = await seeded_graph.data(query, variables)
        assert listed["organizations"] == {"totalCount": cell["count"]}, cell


async def test_counterparts_are_counted_by_country_and_kind(seeded_graph: Graph) -> None:
    found = await cells(seeded_graph, "by: COUNTRY", "by: COUNTERPART_KIND")

    kenya = [cell for cell in found if cell["rowKey"] == "KEN"]
    assert {cell["columnKey"] for cell in kenya} >= {"REVIEW_FOCAL_POINT"}


@pytest.mark.parametrize(("rows", "columns"), PAIRS)
async def test_every_table_that_is_declared_can_be_asked_for(
    seeded_graph: Graph, rows: str, columns: str
) -> None:
    few = {"COUNTRY": 'within: ["EASTERN-AFRICA"]'}

    found = await cells(
        seeded_graph, f"by: {rows} {few.get(rows, '')}", f"by: {columns} {few.get(columns, '')}"
    )

    assert all(cast(int, cell["count"]) > 0 for cell in found)
