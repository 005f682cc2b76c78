"""Real spreadsheets for tests: XLSX by XlsxWriter, ODS as the text of its parts."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

Cell = str | int | float | bool | date | None

ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">'
)


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]], hidden: Sequence[str] = ()) -> Path:
    """A workbook with these sheets; dates are cells that show a day."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    else:
                        sheet.write(at, column, cell)
            if name in hidden:
                sheet.hide()
    return path


def write_ods(path: Path, tables: str, styles: str = "", doctype: str = "") -> Path:
    """An ODS file with these tables and automatic styles, as XML."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    head = ODS_HEAD.replace("?>", f"?>{doctype}", 1)
    content = f"{head}<office:automatic-styles>{styles}</office:automatic-styles>{body}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"{content}</office:document-content>")
    return path
