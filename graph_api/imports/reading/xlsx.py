"""XLSX (Office Open XML, ECMA-376 part 1, 18): values as they are stored, formulas never worked out."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading import archives
from graph_api.imports.reading.grid import Merged, MergedCells
from graph_api.imports.reading.safe_xml import End, Start, Text, events
from graph_api.imports.reading.sheets import Counter, ReadLimits, Sheet, exceeded, sheet_of
from graph_api.imports.reading.values import DateUnit, date_unit
from graph_api.imports.reading.xlsx_rows import Styles, sheet_rows

_CHUNK = 262_144
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref=[\"']([A-Z0-9:$]{1,30})[\"'][^>]{0,200}>")
_LONGEST_MERGE = 450
_MOST_MERGED = 10_000
_WORKBOOK = "/officeDocument"
_BUILT_IN: dict[int, DateUnit] = {
    **dict.fromkeys((14, 15, 16, *range(27, 32), 36, *range(50, 59)), DateUnit.DAY),
    17: DateUnit.MONTH,
    **dict.fromkeys((18, 19, 20, 21, 22, 45, 46, 47, 32, 33, 34, 35), DateUnit.TIME),
}
"""Number formats that a file uses without saying them (18.8.30)."""


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    part: str
    skipped: str


@dataclass(frozen=True, slots=True)
class _Book:
    sheets: tuple[_Listed, ...]
    texts: str
    styles: str
    from_1904: bool


def xlsx_sheets(path: Path, limits: ReadLimits, header_row: int) -> Iterator[Sheet]:
    """The sheets in their order; hidden ones and charts are skipped, with the reason.

    Raises ``UnreadableFileError`` and ``LimitExceededError``, also while rows are read.
    """
    with archives.opened(path, limits) as archive:
        book = _book(archive)
        if len(book.sheets) > limits.sheets:
            raise exceeded("sheets", "sheets", len(book.sheets), limits.sheets)
        texts = _shared_texts(archive, book.texts) if book.texts else []
        styles = _styles(archive, book.styles) if book.styles else []
        counter = Counter(limits)
        for each in book.sheets:
            if each.skipped:
                yield Sheet(each.name, (), iter(()), skipped=each.skipped)
                continue
            merged = MergedCells(_merged(archive, each.part))
            with archives.part(archive, each.part) as stream:
                rows = sheet_rows(
                    events(stream, each.part), Styles(texts, styles, book.from_1904), merged, limits.columns
                )
                yield sheet_of(each.name, rows, counter, header_row)


def _book(archive: zipfile.ZipFile) -> _Book:
    main = next(
        (target for kind, target in _related(archive, "").values() if kind.endswith(_WORKBOOK)),
        "xl/workbook.xml",
    )
    related = _related(archive, main)
    sheets: list[_Listed] = []
    from_1904 = False
    with archives.part(archive, main) as stream:
        for event in events(stream, main):
            if isinstance(event, Start) and event.name == "sheet":
                sheets.append(_listed(event, related))
            elif isinstance(event, Start) and event.name == "workbookPr":
                from_1904 = event.attributes.get("date1904", "") in ("1", "true")
    by_kind = {kind.rpartition("/")[2]: target for kind, target in related.values()}
    return _Book(tuple(sheets), by_kind.get("sharedStrings", ""), by_kind.get("styles", ""), from_1904)


def _listed(sheet: Start, related: dict[str, tuple[str, str]]) -> _Listed:
    name = sheet.attributes.get("name", "")
    kind, target = related.get(sheet.attributes.get("id", ""), ("", ""))
    if not kind.endswith("/worksheet"):
        return _Listed(name, target, "it holds no cells")
    hidden = sheet.attributes.get("state", "visible") != "visible"
    return _Listed(name, target, "it is hidden" if hidden else "")


def _related(archive: zipfile.ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """The parts that a part names, by id: what they are, and where they lie (ECMA-376 part 2, 9.3)."""
    folder, name = posixpath.split(of)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    with archives.part(archive, relations) as stream:
        for event in events(stream, relations):
            if isinstance(event, Start) and event.name == "Relationship":
                target = event.attributes.get("Target", "")
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[event.attributes.get("Id", "")] = (
                    event.attributes.get("Type", ""),
                    posixpath.normpath(place),
                )
    return found


def _shared_texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The texts that cells name by number; how they are pronounced is no part of them (18.4.6)."""
    texts: list[str] = []
    current: list[str] = []
    inside = pronounced = False
    with archives.part(archive, part) as stream:
        for event in events(stream, part):
            match event:
                case Start(name="si"):
                    current = []
                case Start(name="rPh"):
                    pronounced = True
                case End(name="rPh"):
                    pronounced = False
                case Start(name="t"):
                    inside = not pronounced
                case End(name="t"):
                    inside = False
                case End(name="si"):
                    texts.append("".join(current))
                case Text(text=text) if inside:
                    current.append(text)
    return texts


def _styles(archive: zipfile.ZipFile, part: str) -> list[DateUnit | None]:
    """What each style shows of a date."""
    formats: dict[int, str] = {}
    used: list[int] = []
    inside = False
    with archives.part(archive, part) as stream:
        for event in events(stream, part):
            match event:
                case Start(name="numFmt", attributes=given):
                    formats[_number(given.get("numFmtId"))] = given.get("formatCode", "")
                case Start(name="cellXfs") | End(name="cellXfs"):
                    inside = isinstance(event, Start)
                case Start(name="xf", attributes=given) if inside:
                    used.append(_number(given.get("numFmtId")))
    return [date_unit(formats[each]) if each in formats else _BUILT_IN.get(each) for each in used]


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def _merged(archive: zipfile.ZipFile, part: str) -> list[Merged]:
    """The merged ranges of a sheet. They stand behind its rows, which would come too late."""
    found: list[Merged] = []
    rest = b""
    with archives.part(archive, part) as stream:
        while chunk := stream.read(_CHUNK):
            window = rest + chunk
            end = 0
            for match in _MERGE.finditer(window):
                end = match.end()
                merged = Merged.of(match[1].decode())
                if merged is not None:
                    found.append(merged)
            if len(found) > _MOST_MERGED:
                raise UnreadableFileError(
                    f"More than {_MOST_MERGED:,} ranges of cells are merged.",
                    remedy="Take the merging off.",
                    part=part,
                )
            rest = window[max(end, len(window) - _LONGEST_MERGE) :]
    return found
