"""Which reader a file needs: told by its first bytes where they tell, otherwise by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph_api.errors import InvalidArgumentError, UnreadableFileError
from graph_api.imports.reading.csv_file import csv_sheets
from graph_api.imports.reading.json_lines import json_sheets
from graph_api.imports.reading.ods import ods_sheets
from graph_api.imports.reading.sheets import ReadLimits, Sheet, exceeded
from graph_api.imports.reading.xlsx import xlsx_sheets

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

ReadSheets: TypeAlias = Callable[[Path, ReadLimits], Iterator[Sheet]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files that is contributed from outside: its name, what it is, and its reader.

    The reader gives sheets with canonical headings, and names what they are for as their target; it raises
    ``UnreadableFileError`` and ``LimitExceededError``.
    """

    name: str
    description: str
    read: ReadSheets


BUILT_IN = ("csv", "xlsx", "ods", "jsonl")
"""The formats that are read without anybody's contribution."""
_BY_SUFFIX = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip


def open_sheets(
    path: Path,
    limits: ReadLimits,
    *,
    form: str = "",
    encoding: str = "",
    header_row: int = 1,
    formats: tuple[Format, ...] = (),
) -> Iterator[Sheet]:
    """The sheets of a file, one after the other; each has to be read before the next is taken.

    ``form`` names a format where the file does not tell; ``encoding`` is that of texts. Raises
    ``UnreadableFileError``, ``LimitExceededError`` and ``InvalidArgumentError``, also while rows are read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise exceeded("file_bytes", "bytes", size, limits.file_bytes)
        chosen = form or _form_of(path)
        own = {each.name: each for each in formats}
        if chosen in own:
            yield from own[chosen].read(path, limits)
        else:
            yield from _built_in(path, limits, chosen, encoding, header_row, known=(*BUILT_IN, *own))
    except OSError as problem:
        raise UnreadableFileError(f"{path.name} cannot be read: {problem.strerror or problem}.") from problem


def _built_in(
    path: Path, limits: ReadLimits, form: str, encoding: str, header_row: int, known: tuple[str, ...]
) -> Iterator[Sheet]:
    match form:
        case "csv":
            return csv_sheets(path, limits, encoding, header_row)
        case "xlsx":
            return xlsx_sheets(path, limits, header_row)
        case "ods":
            return ods_sheets(path, limits, header_row)
        case "jsonl":
            return json_sheets(path, limits)
        case _:
            raise InvalidArgumentError(
                f"'{form[:40]}' is no format of files.",
                remedy=f"There are: {', '.join(known)}.",
                argument="format",
                value=form[:40],
            )


def _form_of(path: Path) -> str:
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(_OLD_EXCEL):
        raise UnreadableFileError(
            f"{path.name} is a spreadsheet of an old format, or one with a password.",
            remedy="Save it as XLSX without a password.",
        )
    if begin.startswith(_ZIP):
        return _archive_form(path)
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found in ("xlsx", "ods"):
        raise UnreadableFileError(f"{path.name} is no spreadsheet: its content is of another kind.")
    if found is None:
        raise UnreadableFileError(
            f"{path.name} is of no known format.", remedy=f"Name the format: {', '.join(BUILT_IN)}."
        )
    return found


def _archive_form(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as problem:
        raise UnreadableFileError(
            f"{path.name} is damaged: {problem}.", remedy="Save it again and send the whole file."
        ) from problem
    if "content.xml" in names:
        return "ods"
    if "[Content_Types].xml" in names:
        return "xlsx"
    raise UnreadableFileError(f"{path.name} is an archive and no spreadsheet.", remedy="Send what is in it.")
