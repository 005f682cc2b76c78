"""CSV and JSON lines: every reader gets what was there, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.exports.answers import Cell
from graph_api.exports.texts import csv_lines, json_lines
from tests.exports.made import FACTS, TYPES, table

ROW: list[Cell] = ['a "quoted", text\nof two lines', 3, -1.5, True, "2024-05", ["one", "two"]]
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def as_csv(rows: list[list[Cell]], *, escape: bool = True) -> list[list[str]]:
    export = table(rows)
    try:
        text = b"".join(csv_lines(export, escape=escape)).decode()
    finally:
        export.close()
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_row_comes_back_with_the_facts_behind_it() -> None:
    head, row, empty = as_csv([ROW, [None] * 6])

    assert head == [*TYPES, "graph_version", "as_of", "filters"]
    assert row[:6] == ['a "quoted", text\nof two lines', "3", "-1.5", "true", "2024-05", "one ; two"]
    assert row[6:] == empty[6:] == ["7", "1990-01-01", '{"where":{"genre":{"eq":"DRAMA"}}}']
    assert empty[:6] == [""] * 6


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(start: str) -> None:
    text = f'{start}HYPERLINK("https://evil.example")'

    assert as_csv([[text, None, None, None, None, [text]]])[1][:1] == [f"'{text}"]
    assert as_csv([[None, None, None, None, None, [text]]])[1][5] == f"'{text}"
    assert as_csv([[text, None, None, None, None, None]], escape=False)[1][0] == text


def test_numbers_are_never_changed() -> None:
    assert as_csv([[None, -7, -0.5, None, None, None]])[1][1:3] == ["-7", "-0.5"]


@given(_TEXTS)
def test_any_text_comes_back(text: str) -> None:
    [_, row] = as_csv([[text, 1, None, None, None, None]], escape=False)
    assert row[0] == text
    [_, row] = as_csv([[text, 1, None, None, None, None]])
    assert row[0].removeprefix("'") == text.removeprefix("'")
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_json_lines_begin_with_the_facts_and_the_sources() -> None:
    export = table([ROW])
    try:
        first, second = [json.loads(line) for line in b"".join(json_lines(export)).splitlines()]
    finally:
        export.close()

    assert first["filters"] == FACTS.filters
    assert (first["graph_version"], first["as_of"], first["role"]) == (7, "1990-01-01", "PUBLIC")
    assert (first["rows"], first["synthetic"]) == (1, 1)
    assert first["sources"] == [{"key": "almanac", "url": "https://almanac.example"}]
    assert list(second.values()) == ROW
