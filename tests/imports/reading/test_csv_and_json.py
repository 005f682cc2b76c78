"""CSV in the encodings and with the delimiters that people have; JSON lines."""

from __future__ import annotations

import codecs
from collections import deque
from pathlib import Path

import pytest

from graph_api.errors import InvalidArgumentError, LimitExceededError, UnreadableFileError
from graph_api.imports.reading import CellFlaw, ReadLimits, SheetRow, open_sheets

LIMITS = ReadLimits()
TEXT = "key,name\nB-1,Été à Zürich\n"
ROWS = [SheetRow(2, {"key": "B-1", "name": "Été à Zürich"})]


def read(path: Path, limits: ReadLimits = LIMITS, *, encoding: str = "") -> list[SheetRow]:
    (rows,) = [list(sheet.rows) for sheet in open_sheets(path, limits, encoding=encoding)]
    return rows


def written(directory: Path, content: bytes, name: str = "a.csv") -> Path:
    path = directory / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    assert read(written(tmp_path, TEXT.encode(encoding))) == ROWS


def test_another_encoding_is_refused_until_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode("windows-1252"))

    with pytest.raises(UnreadableFileError) as refused:
        read(path)
    assert refused.value.message == "Byte 13 on line 2 (c9) is not UTF-8. In Windows-1252 it would be É."
    assert "--encoding windows-1252" in refused.value.remedy
    assert read(path, encoding="windows-1252") == ROWS


def test_the_place_of_a_wrong_byte_is_right_in_a_long_file(tmp_path: Path) -> None:
    good = b"key\n" + b"B-1\n" * 600_000
    path = written(tmp_path, good + b"\xc3\xa9\xff\n")

    with pytest.raises(UnreadableFileError, match=f"Byte {len(good) + 2:,} on line 600002 "):
        read(path)


@pytest.mark.parametrize("encoding", ["klingon", "base64"])
def test_an_unknown_encoding_is_an_error(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InvalidArgumentError, match="is no encoding"):
        read(written(tmp_path, b"key\n"), encoding=encoding)


def test_a_file_that_is_not_in_the_named_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is not ASCII"):
        read(written(tmp_path, TEXT.encode()), encoding="ascii")


def test_a_file_with_zeros_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="NUL character, on line 2"):
        read(written(tmp_path, codecs.BOM_UTF8 + b"key\nB\0-1\n"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_headings(tmp_path: Path, delimiter: str) -> None:
    text = f'key{delimiter}name\nB-1{delimiter}"a, b; c\td"\n'

    assert read(written(tmp_path, text.encode())) == [SheetRow(2, {"key": "B-1", "name": "a, b; c\td"})]


def test_a_file_can_declare_its_delimiter(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"sep=|\r\nkey|name\r\nB-1|One\r\n")) == [
        SheetRow(3, {"key": "B-1", "name": "One"})
    ]


def test_rows_have_the_line_that_they_begin_on(tmp_path: Path) -> None:
    rows = read(written(tmp_path, b'key,name\n\nB-1,"two\nlines"\nB-2,\nB-3,a,b\n'))

    assert rows == [
        SheetRow(3, {"key": "B-1", "name": "two\nlines"}),
        SheetRow(5, {"key": "B-2"}),
        SheetRow(6, {}, (CellFlaw("", "", "the row has 3 cells instead of 2"),)),
    ]


def test_a_quote_that_never_ends_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="not CSV from line 2"):
        read(written(tmp_path, b'key,name\nB-1,"One\nB-2,Two\n'))


def test_text_that_begins_like_a_formula_stays(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"key,name\nB-1,\"=cmd|' /C calc'!A0\"\n")) == [
        SheetRow(2, {"key": "B-1", "name": "=cmd|' /C calc'!A0"})
    ]


def test_two_million_rows_end_at_the_limit_without_being_kept(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("key\n")
        for _ in range(200):
            file.write("B-1\n" * 10_000)
    rows = (row for sheet in open_sheets(path, LIMITS) for row in sheet.rows)

    with pytest.raises(LimitExceededError) as refused:
        deque(rows, maxlen=0)
    assert dict(refused.value.place) == {"limit_name": "rows", "value": 1_000_001, "limit": 1_000_000}


def test_json_lines_are_rows(tmp_path: Path) -> None:
    first = b'{"key": "B-1", "tags": ["a", "b"], "pages": 12.0}'
    second = b'{"key": "B-2", "lent": true, "more": {"a": 1}}'
    path = written(tmp_path, first + b"\n\n" + second, "a.jsonl")
    (sheet,) = open_sheets(path, LIMITS)

    assert sheet.headings == ("key", "tags", "pages", "lent", "more")
    assert read(path) == [
        SheetRow(1, {"key": "B-1", "tags": "a ; b", "pages": "12"}),
        SheetRow(3, {"key": "B-2", "lent": "true"}, (
            CellFlaw("more", "{'a': 1}", "a text, a number, true, false or a list of texts is expected"),
        )),
    ]  # fmt: skip


@pytest.mark.parametrize("line", [b"[1]", b"{", b'"a"'])
def test_a_line_that_is_no_object_is_an_error(tmp_path: Path, line: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="Line 2 is no"):
        read(written(tmp_path, b'{"key": "B-1"}\n' + line, "a.jsonl"))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_empty_file_has_an_empty_sheet(tmp_path: Path, name: str) -> None:
    (sheet,) = open_sheets(written(tmp_path, b"", name), LIMITS)

    assert sheet.skipped == "it is empty"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file"):
        read(tmp_path / "none.csv")


def test_a_format_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="of no known format"):
        read(written(tmp_path, b"x", "a.pages"))
    with pytest.raises(InvalidArgumentError, match="no format"):
        list(open_sheets(written(tmp_path, b"x"), LIMITS, form="pages"))
