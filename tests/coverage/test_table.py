"""Tables: levels of lines, cells that count, cells with too few."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.coverage.table import CoverageTable, Line, lines_of

TABLE = CoverageTable(
    rows=[Line("a"), Line("b")],
    columns=[Line("x"), Line("y")],
    counts={("a", "x"): 3, ("b", "y"): 1},
    compared={("a", "x"): 2, ("a", "y"): 4},
)
KEYS = st.sampled_from("abcdef")


def places(cells: object) -> list[tuple[str, str, int, int | None]]:
    return [(cell.row, cell.column, cell.count, cell.compared) for cell in cells]  # type: ignore[attr-defined]  # cells of several types


def test_cells_are_those_that_count_any_on_either_day() -> None:
    assert places(TABLE.cells()) == [("a", "x", 3, 2), ("a", "y", 0, 4), ("b", "y", 1, 0)]
    assert places(TABLE.cells(2)) == [("a", "x", 3, 2)]
    assert len(places(TABLE.cells(0))) == 4


def test_gaps_are_below_the_threshold_and_empty_cells_are_gaps() -> None:
    assert places(TABLE.gaps(1)) == [("a", "y", 0, 4), ("b", "x", 0, 0)]
    assert places(TABLE.gaps(3)) == [("a", "y", 0, 4), ("b", "x", 0, 0), ("b", "y", 1, 0)]
    assert places(TABLE.gaps(0)) == []


def test_nothing_is_compared_without_a_second_day() -> None:
    table = CoverageTable([Line("a")], [Line("x")], {})

    assert places(table.gaps(1)) == [("a", "x", 0, None)]


@pytest.mark.parametrize(
    ("parents", "levels"),
    [
        ({"a": [], "b": ["a"], "c": ["b"]}, {"a": 0, "b": 1, "c": 2}),
        ({"a": [], "b": ["a"], "c": ["a", "b"]}, {"a": 0, "b": 1, "c": 1}),
        ({"b": ["elsewhere"], "c": ["b", "elsewhere"]}, {"b": 0, "c": 1}),
        ({"a": ["b"], "b": ["a"]}, {"a": 0, "b": 0}),
        ({"a": ["a"]}, {"a": 0}),
        ({}, {}),
    ],
)
def test_a_level_is_the_shortest_way_up_among_the_lines(
    parents: Mapping[str, list[str]], levels: Mapping[str, int]
) -> None:
    assert {line.key: line.level for line in lines_of(parents)} == levels


@given(st.dictionaries(KEYS, st.lists(KEYS, max_size=3)))
def test_every_line_has_exactly_one_level(parents: dict[str, list[str]]) -> None:
    lines = lines_of(parents)

    assert [line.key for line in lines] == list(parents)
    by_level = [lines_of(parents, level) for level in range(len(parents) + 1)]
    assert sorted(line.key for found in by_level for line in found) == sorted(parents)
