"""ODS: the stored values of cells, whatever they show; rows that are repeated are not a way to make bombs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.errors import LimitExceededError, UnreadableFileError
from graph_api.imports.reading import ReadLimits, SheetRow, open_sheets
from tests.imports.spreadsheets import write_ods

LIMITS = ReadLimits()


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, attributes: str = 'table:name="S"') -> str:
    return f"<table:table {attributes}>{''.join(rows)}</table:table>"


def read(path: Path, limits: ReadLimits = LIMITS) -> dict[str, list[SheetRow]]:
    return {sheet.name: list(sheet.rows) for sheet in open_sheets(path, limits)}


def test_typed_cells_become_the_texts_that_columns_take(tmp_path: Path) -> None:
    styles = (
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    cells = (
        cell("=1+1"),
        cell("12,0", 'office:value-type="float" office:value="12"'),
        cell("WAHR", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("15.06.23", 'office:value-type="date" office:date-value="2023-06-15"'),
        cell("Juni 23", 'office:value-type="date" office:date-value="2023-06-15" table:style-name="ce1"'),
        cell("7", 'office:value-type="float" office:value="7" table:formula="of:=3+4"'),
    )
    headings = row(*(cell(f"h{at}") for at in range(len(cells))))
    path = write_ods(tmp_path / "a.ods", table(headings, row(*cells)), styles)

    assert read(path)["S"] == [
        SheetRow(2, {"h0": "=1+1", "h1": "12", "h2": "true", "h3": "2023-06-15", "h4": "2023-06", "h5": "7"})
    ]


def test_hidden_tables_are_skipped(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    hidden = table(row(cell("key")), attributes='table:name="Secret" table:style-name="ta1"')
    path = write_ods(tmp_path / "a.ods", hidden + table(row(cell("key")), row(cell("B-1"))), style)
    found = [(sheet.name, sheet.skipped, len(list(sheet.rows))) for sheet in open_sheets(path, LIMITS)]

    assert found == [("Secret", "it is hidden", 0), ("S", "", 1)]


def test_merged_cells_are_flaws_that_name_the_range(tmp_path: Path) -> None:
    merged = cell("both", 'office:value-type="string" table:number-rows-spanned="2"')
    rows = (row(cell("a"), cell("b")), row(cell("1"), merged), row(cell("2"), "<table:covered-table-cell/>"))
    found = read(write_ods(tmp_path / "a.ods", table(*rows)))["S"]

    assert ["merged cells B2:B3" in found[at].flaws[0].reason for at in (0, 1)] == [True, True]


def test_empty_rows_and_cells_that_are_repeated_cost_nothing(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = (
        row(cell("key"), empty),
        row(empty, attributes='table:number-rows-repeated="1048570"'),
        row(cell("B-1"), empty),
    )

    assert read(write_ods(tmp_path / "a.ods", table(*rows)))["S"] == [SheetRow(1_048_572, {"key": "B-1"})]


@pytest.mark.parametrize(
    ("bomb", "name"),
    [
        (row(cell("x"), attributes='table:number-rows-repeated="99999999"'), "rows"),
        (row(cell("x", 'office:value-type="string" table:number-columns-repeated="99999999"')), "columns"),
    ],
)
def test_full_ones_that_are_repeated_end_at_the_limit(tmp_path: Path, bomb: str, name: str) -> None:
    path = write_ods(tmp_path / "a.ods", table(row(cell("key")), bomb))

    with pytest.raises(LimitExceededError) as refused:
        read(path, ReadLimits(rows=1000))
    assert refused.value.place["limit_name"] == name


def test_remarks_on_cells_are_no_part_of_them(tmp_path: Path) -> None:
    text = "One<office:annotation><text:p>remark</text:p></office:annotation>"
    path = write_ods(tmp_path / "a.ods", table(row(cell("name")), row(cell(text)), row(cell("a<text:s/>b"))))

    assert [found.cells["name"] for found in read(path)["S"]] == ["One", "a b"]


def test_an_entity_is_refused(tmp_path: Path) -> None:
    declared = '<!DOCTYPE d [<!ENTITY boom "boom">]>'
    bombed = write_ods(tmp_path / "b.ods", table(row(cell("&boom;"))), doctype=declared)

    with pytest.raises(UnreadableFileError, match="declares an entity"):
        read(bombed)
