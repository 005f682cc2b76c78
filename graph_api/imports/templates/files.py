"""Templates as files. They are the same bytes whenever they are made."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from graph_api.imports.reading.grid import letters
from graph_api.imports.templates.content import Template

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_ROWS = 1_000
"""So many rows below the headings offer their words to choose from."""
_MOST_LISTED = 255
"""Characters of words that a cell offers by itself; more of them stand in a sheet of their own."""
_LONGEST_SHEET_NAME = 31
_WORDS = "words"
_WIDEST, _NARROWEST = 40, 12
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def template_bytes(template: Template, form: str) -> bytes:
    """The file of a template in one of ``FORMATS``; raises ``KeyError`` for another."""
    return _WRITERS[form](template)


def _csv(template: Template) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows((template.headings, template.help_row, template.example_row))
    # With the mark spreadsheet programs know that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(template: Template) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE.replace(tzinfo=None), "title": template.name})
        heads = {True: book.add_format({"bold": True}), False: book.add_format({"italic": True})}
        sheet = book.add_worksheet(template.name[:_LONGEST_SHEET_NAME])
        sheet.freeze_panes(1, 1)
        _fill(book, sheet, template, heads)
    return out.getvalue()


def _fill(book: Workbook, sheet: Worksheet, template: Template, heads: dict[bool, Format]) -> None:
    listed: Worksheet | None = None
    for at, column in enumerate(template.columns):
        sheet.write_string(0, at, column.heading, heads[column.required])
        sheet.write_comment(0, at, column.help)
        sheet.set_column(at, at, min(max(len(column.heading) + 2, _NARROWEST), _WIDEST))
        if not column.words:
            continue
        source: list[str] | str = list(column.words)
        if len(",".join(column.words)) > _MOST_LISTED:
            if listed is None:
                listed = book.add_worksheet(_WORDS)
                listed.hide()
            for row, word in enumerate(column.words):
                listed.write_string(row, at, word)
            source = f"={_WORDS}!${letters(at)}$1:${letters(at)}${len(column.words)}"
        sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": source, "ignore_blank": True})
    for at, text in enumerate(template.example_row):
        sheet.write_string(1, at, text, heads[False])


def _ods(template: Template) -> bytes:
    rows = (template.headings, template.help_row, template.example_row)
    name = escape(template.name, {'"': "&quot;"})
    table = f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not packed, so that programs tell the format by the first bytes (OpenDocument 1.3, 3.3).
        _add(archive, "mimetype", MEDIA_TYPES["ods"], zipfile.ZIP_STORED)
        _add(archive, "META-INF/manifest.xml", _MANIFEST)
        _add(archive, "content.xml", f"{_CONTENT_BEGIN}{table}{_CONTENT_END}")
    return out.getvalue()


def _ods_row(texts: Sequence[str]) -> str:
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _add(archive: zipfile.ZipFile, name: str, text: str, packing: int = zipfile.ZIP_DEFLATED) -> None:
    part = zipfile.ZipInfo(name, _ZIP_TIME)
    archive.writestr(part, text, packing)


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPES["ods"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
_CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"
_WRITERS: dict[str, Callable[[Template], bytes]] = {"xlsx": _xlsx, "csv": _csv, "ods": _ods}
FORMATS = tuple(_WRITERS)
"""The formats of templates; the first is the one that is taken when nobody says."""
