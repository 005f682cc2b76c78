"""XLSX: what is stored in the cells becomes the texts that columns take; what cannot be told is a flaw."""

from __future__ import annotations

import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from graph_api.errors import LimitExceededError, UnreadableFileError
from graph_api.imports.reading import CellFlaw, ReadLimits, Sheet, SheetRow, open_sheets
from tests.imports.spreadsheets import Cell, write_xlsx

LIMITS = ReadLimits()


def read(path: Path, limits: ReadLimits = LIMITS, **options: int) -> dict[str, list[SheetRow]]:
    return {sheet.name: list(sheet.rows) for sheet in open_sheets(path, limits, **options)}  # type: ignore[arg-type]  # header_row


def skipped(path: Path) -> dict[str, str]:
    def taken(sheet: Sheet) -> str:
        list(sheet.rows)
        return sheet.skipped

    return {sheet.name: taken(sheet) for sheet in open_sheets(path, LIMITS)}


def test_cells_become_the_texts_that_columns_take(tmp_path: Path) -> None:
    row: list[Cell] = [
        "B-1",
        "  Été  ",
        12.0,
        0.1,
        True,
        date(2023, 6, 15),
        None,
        "=1+1",
        "+44 20",
        "-5",
        "@x",
    ]
    headings: list[Cell] = [f"h{number}" for number in range(len(row))]
    path = write_xlsx(tmp_path / "a.xlsx", {"Books": [headings, row]})

    assert read(path)["Books"] == [
        SheetRow(2, {
            "h0": "B-1", "h1": "Été", "h2": "12", "h3": "0.1", "h4": "true", "h5": "2023-06-15", "h7": "=1+1",
            "h8": "+44 20", "h9": "-5", "h10": "@x",
        })
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("yyyy", "2023"), ("mmm yyyy", "2023-06"), ("yyyy-mm", "2023-06"), ("d/m/yy", "2023-06-15"),
        ('[$-409]d" of "mmmm;@', "2023-06-15"), ("0.00", "45092"), ("General", "45092"),
        ('0 "days"', "45092"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_shown(tmp_path: Path, shown: str, text: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["when"])
        sheet.write_number(1, 0, 45092, book.add_format({"num_format": shown}))

    assert read(tmp_path / "a.xlsx")["S"] == [SheetRow(2, {"when": text})]


def test_days_count_from_1904_where_the_file_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True}) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["when", "moment"])
        sheet.write_datetime(1, 0, date(2023, 6, 15), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(1, 1, datetime(2023, 6, 15, 13, 5), book.add_format({"num_format": 22}))

    assert read(tmp_path / "a.xlsx")["S"] == [
        SheetRow(2, {"when": "2023-06-15", "moment": "2023-06-15T13:05:00"})
    ]


def test_a_formula_is_its_stored_result_and_never_worked_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["sum", "text", "broken"])
        sheet.write_formula(1, 0, "=1+1", None, 7)
        sheet.write_formula(1, 1, '=HYPERLINK("http://evil.example")', None, "shown")
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    (row,) = read(tmp_path / "a.xlsx")["S"]

    assert row.cells == {"sum": "7", "text": "shown"}
    assert row.flaws == (CellFlaw("broken", "#DIV/0!", "it holds the error #DIV/0!"),)


def test_a_formula_without_a_stored_result_is_a_flaw(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["sum"])
    book.active.append(["=1+1"])
    book.save(tmp_path / "a.xlsx")
    (row,) = read(tmp_path / "a.xlsx")["Sheet"]

    assert [flaw.column for flaw in row.flaws] == ["sum"]
    assert "no stored result" in row.flaws[0].reason


def test_merged_cells_are_flaws_that_name_the_range(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        for at in range(5):
            sheet.write_row(at, 0, [f"a{at}", f"b{at}", f"c{at}"])
        sheet.merge_range("B3:B4", "both")
    rows = read(tmp_path / "a.xlsx")["S"]

    assert [row.number for row in rows if row.flaws] == [3, 4]
    assert [(flaw.column, flaw.value) for row in rows for flaw in row.flaws] == [("b0", "both"), ("b0", "b3")]
    assert "merged cells B3:B4" in rows[1].flaws[0].reason


def test_a_merged_title_is_refused_until_the_row_of_headings_is_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.merge_range("A1:B1", "All books")
        sheet.write_row(1, 0, ["key", "name"])
        sheet.write_row(2, 0, ["B-1", "One"])

    with pytest.raises(UnreadableFileError, match="merged cells A1:B1"):
        read(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx", header_row=2)["S"] == [SheetRow(3, {"key": "B-1", "name": "One"})]


def test_hidden_and_empty_sheets_are_skipped_with_the_reason(tmp_path: Path) -> None:
    rows = [["key"], ["B-1"]]
    path = write_xlsx(tmp_path / "a.xlsx", {"Seen": rows, "Secret": rows, "Nothing": []}, hidden=["Secret"])

    assert skipped(path) == {"Seen": "", "Secret": "it is hidden", "Nothing": "it is empty"}


def test_texts_of_several_fonts_are_one_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["name"])
        sheet.write_rich_string(1, 0, "One ", book.add_format({"bold": True}), "two", " three")

    assert read(tmp_path / "a.xlsx")["S"] == [SheetRow(2, {"name": "One two three"})]


def test_a_file_that_another_program_wrote_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["name", "when", "number", "truth"])
    book.active.append(["One", date(2023, 6, 15), 3, False])
    book.save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx")["Sheet"] == [
        SheetRow(2, {"name": "One", "when": "2023-06-15", "number": "3", "truth": "false"})
    ]


def test_a_column_without_a_heading_is_a_flaw_of_the_rows_that_use_it(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", {"S": [["key", None, "name"], ["B-1", "x", "One"], ["B-2", None, "Two"]]}
    )
    rows = read(path)["S"]

    assert [row.flaws for row in rows] == [(CellFlaw("column 2", "x", "the column has no heading"),), ()]


def test_a_heading_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["key", "name", "key"]]})

    with pytest.raises(UnreadableFileError, match="'key' stands twice"):
        read(path)


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (ReadLimits(rows=2), "rows"),
        (ReadLimits(columns=1), "columns"),
        (ReadLimits(cell_characters=3), "cell_characters"),
        (ReadLimits(sheets=0), "sheets"),
        (ReadLimits(entries=3), "entries"),
        (ReadLimits(unpacked_bytes=1000), "unpacked_bytes"),
        (ReadLimits(file_bytes=1000), "file_bytes"),
    ],
)
def test_a_file_beyond_a_limit_is_refused_naming_it(tmp_path: Path, limits: ReadLimits, name: str) -> None:
    rows = [["key", "name"], *([f"B-{number}", "Name"] for number in range(3))]
    path = write_xlsx(tmp_path / "a.xlsx", {"S": rows})

    with pytest.raises(LimitExceededError) as refused:
        read(path, limits)
    assert refused.value.place["limit_name"] == name


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["key"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"0" * 50_000_000)

    with pytest.raises(LimitExceededError) as refused:
        read(path)
    assert refused.value.place["limit_name"] == "ratio"


def test_an_entity_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["key"]]})
    bombed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bombed, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/sharedStrings.xml":
                text = b'<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
            target.writestr(name, text)

    with pytest.raises(UnreadableFileError, match="declares an entity"):
        read(bombed)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old format"),
        (b"key,name\n", "no spreadsheet"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)

    with pytest.raises(UnreadableFileError, match=words):
        read(tmp_path / "a.xlsx")


def test_a_damaged_part_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["key"], *([f"B-{number}"] for number in range(9000))]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    middle = info.header_offset + info.compress_size // 2
    content[middle : middle + 200] = b"\xff" * 200
    path.write_bytes(content)

    with warnings.catch_warnings(), pytest.raises(UnreadableFileError):
        read(path)
