"""Workbooks, read by another library than the one that writes them."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from graph_api.errors import LimitExceededError
from graph_api.exports import sheets
from graph_api.exports.answers import Cell
from graph_api.exports.facts import Format
from graph_api.exports.sheets import LONGEST, workbook
from graph_api.exports.write import written
from tests.exports.made import TYPES, table


def opened(rows: list[list[Cell]]) -> Workbook:
    export = table(rows)
    try:
        return openpyxl.load_workbook(io.BytesIO(b"".join(workbook(export))))
    finally:
        export.close()


def test_cells_have_the_types_of_their_columns() -> None:
    rows = opened([["text", 3, -1.5, True, "2024-05-31", ["one", "two"]], [None] * 6])["rows"]

    assert [cell.value for cell in rows[1]] == list(TYPES)
    assert [cell.value for cell in rows[2]] == ["text", 3, -1.5, True, datetime(2024, 5, 31), "one ; two"]
    assert [cell.data_type for cell in rows[2]] == ["s", "n", "n", "b", "d", "s"]
    assert rows[2][4].number_format == "yyyy-mm-dd"
    assert rows.max_row == 2


@pytest.mark.parametrize("date", ["2024", "2024-05", "1899-12-31", "1900-02-28"])
def test_a_date_is_never_made_more_precise_or_moved(date: str) -> None:
    [cell] = opened([[None, None, None, None, date, None]])["rows"]["E2":"E2"][0]

    assert (cell.value, cell.data_type) == (date, "s")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "{=1}", "https://evil.example", "007", "TRUE"]
)
def test_a_text_is_a_text(text: str) -> None:
    book = opened([[text, None, None, None, None, [text]]])

    assert [book["rows"][at].value for at in ("A2", "F2")] == [text, text]
    assert [book["rows"][at].data_type for at in ("A2", "F2")] == ["s", "s"]
    assert book["rows"]["A2"].hyperlink is None


def test_the_other_sheets_say_where_it_comes_from() -> None:
    book = opened([["text", 3, -1.5, True, None, None]])

    assert book.sheetnames == ["rows", "sources", "about"]
    assert [[cell.value for cell in row] for row in book["sources"].iter_rows()] == [
        ["key", "url"],
        ["almanac", "https://almanac.example"],
    ]
    about = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert about["filters"] == '{"where":{"genre":{"eq":"DRAMA"}}}'
    assert (about["as_of"], about["graph_version"], about["role"]) == ("1990-01-01", 7, "PUBLIC")
    assert (about["rows"], about["synthetic"], about["exported"]) == (1, 1, "2024-05-31T12:00:00+00:00")
    assert "cut_cells" not in about


def test_a_text_too_long_for_a_cell_is_cut_and_that_is_said() -> None:
    book = opened([["x" * LONGEST, None, None, None, None, None], ["x" * (LONGEST + 1), *[None] * 5]])

    assert book["rows"]["A2"].value == "x" * LONGEST
    assert str(book["rows"]["A3"].value).endswith("x [cut]")
    assert len(str(book["rows"]["A3"].value)) == LONGEST
    about = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert about["cut_cells"] == 1


def test_more_rows_than_a_sheet_has_are_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    export = table([[None] * 6, [None] * 6])
    try:
        with pytest.raises(LimitExceededError, match="1 rows at most"):
            written(export, Format.XLSX)
    finally:
        export.close()
