"""Reading tables: every row with its line, every flaw with its place."""

from __future__ import annotations

import pytest

from graph_api.imports.tables import ReadTable, read_table
from tests.imports.library_domain import BOOKS, HEADER


def read(text: str | bytes) -> ReadTable:
    content = text if isinstance(text, bytes) else text.encode()
    return read_table("books.csv", content, BOOKS)


def test_a_row_keeps_the_line_that_it_begins_on() -> None:
    given = HEADER + 'A,"two\nlines",1,S\n\nB,plain,2,S\r\n"C","x ""y""",3,S'
    read_rows = read(given).rows
    assert [(row.place.line, row["key"]) for row in read_rows] == [(2, "A"), (5, "B"), (6, "C")]
    assert read_rows[0]["title"] == "two\nlines"
    assert read_rows[2]["title"] == 'x "y"'


def test_a_byte_order_mark_and_outer_spaces_do_not_count() -> None:
    rows = read("\ufeffkey, title,pages ,shelf\n A ,  T ,1,S\n".encode()).rows
    assert dict(rows[0].cells) == {"key": "A", "title": "T", "pages": "1", "shelf": "S"}


def test_a_line_separator_of_unicode_does_not_end_a_row() -> None:
    found = read(HEADER + "A,one\u2028title\x0b,1,S\n")
    assert len(found.rows) == 1
    assert not found.errors


def test_an_empty_cell_states_nothing() -> None:
    (row,) = read(HEADER + "A,T,,S\n").rows
    assert row.stated("pages") is None
    assert row.stated("title") == "T"


@pytest.mark.parametrize(
    ("content", "line", "column", "reason"),
    [
        (b"", 1, "", "the file is empty"),
        (HEADER.encode() + b"A,T,1,S\nB,\xff\xfe,1,S\n", 3, "", "byte 32 is not UTF-8"),
        (HEADER.encode() + b"A,T\0,1,S\n", 2, "", "the file contains a NUL character"),
        (b"key,title,pages\n", 1, "shelf", "the column is missing"),
        (b"key,title,pages,shelf,colour\n", 1, "colour", "the column is not known"),
        (b"key,title,pages,shelf,key\n", 1, "key", "the column stands there twice"),
        ("key,title,pages,shelf\n".encode("utf-16"), 1, "", "byte 0 is not UTF-8"),
    ],
)
def test_a_flaw_of_the_whole_file_leaves_no_rows(content: bytes, line: int, column: str, reason: str) -> None:
    found = read(content)
    assert found.rows == ()
    assert found.seen == 0
    assert [(error.place.line, error.column, error.reason) for error in found.errors] == [
        (line, column, reason)
    ]


@pytest.mark.parametrize(("row", "number"), [("B,T,1,S,more", 5), ("B,T", 2)])
def test_a_row_with_another_number_of_cells_is_broken_alone(row: str, number: int) -> None:
    found = read(f"{HEADER}A,T,1,S\n{row}\nC,T,1,S\n")
    assert [kept["key"] for kept in found.rows] == ["A", "C"]
    (error,) = found.errors
    assert str(error) == f"books.csv:3: the row has {number} cells instead of 4"
    assert found.seen == 3


def test_a_quote_that_does_not_close_is_named_by_the_line_it_opens_on() -> None:
    found = read(HEADER + 'A,T,1,S\nB,"never,1,S\nC,T,1,S\n')
    (error,) = found.errors
    assert error.place.line == 3
    assert error.reason.startswith("not CSV")
