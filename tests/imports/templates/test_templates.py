"""Templates: one for every target and format, read by other programs, and empty without effect."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from graph_api.engine.protocol import Store
from graph_api.imports.mapping import Target, map_columns, target_named, targets_of
from graph_api.imports.reading import ReadLimits, open_sheets
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import OutcomeKind
from graph_api.imports.templates import FORMATS, template_bytes, template_of
from schema import ontology
from tests.imports.dump import dump
from tests.imports.library_domain import library
from tests.imports.rows.importing import run, with_shelves

TARGETS = targets_of(ontology)
BOOK = target_named(targets_of(library), "books")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_template_is_read_back_as_it_was_meant(tmp_path: Path, target: Target, form: str) -> None:
    path = tmp_path / f"{target.title}.{form}"
    path.write_bytes(template_bytes(template_of(ontology, target), form))
    sheets = [sheet for sheet in open_sheets(path, ReadLimits()) if not sheet.skipped]

    assert [sheet.headings for sheet in sheets] == [tuple(each.name for each in target.columns)]
    assert map_columns(target, sheets[0].headings, {}).ignored == ()


@pytest.mark.parametrize("form", FORMATS)
async def test_an_empty_template_changes_nothing(empty_store: Store, tmp_path: Path, form: str) -> None:
    await with_shelves(empty_store, tmp_path)
    before = await dump(empty_store)
    content = template_bytes(template_of(library, BOOK), form)
    report = await run(empty_store, tmp_path, f"books.{form}", content)

    assert (report.rows, report.stored) == (0, True)
    assert sum(sheet.remarks for sheet in report.sheets) == (1 if form == "xlsx" else 2)
    assert await dump(empty_store) == before


async def test_a_template_that_is_filled_in_is_imported(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    (tmp_path / "t.xlsx").write_bytes(template_bytes(template_of(library, BOOK), "xlsx"))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    values = {"key": "B-1", "name": "One", "pages": 3, "binding": "CLOTH", "shelf": "S-1", "synthetic": False}
    book["books"].append([values.get(each.name) for each in BOOK.columns])
    book.save(tmp_path / "filled.xlsx")
    report = await run(empty_store, tmp_path, "filled.xlsx", None, defaults=Defaults("CATALOGUE"))

    assert report.stored
    assert report.count(OutcomeKind.CREATE) == report.rows == 1


def test_xlsx_has_help_and_words_to_choose_from(tmp_path: Path) -> None:
    target = target_named(TARGETS, "organizations")
    sheet = openpyxl.load_workbook(
        io.BytesIO(template_bytes(template_of(ontology, target), "xlsx"))
    ).worksheets[0]
    comments = {str(cell.value): cell.comment.text for cell in sheet[1] if cell.comment}
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}

    assert comments.keys() == {each.name for each in target.columns}
    assert comments["key"].startswith("Required. Stable public identifier")
    column = [each.name for each in target.columns].index("kind")
    assert (
        offered[f"{chr(ord('A') + column)}2:{chr(ord('A') + column)}1001"] == '"NGO,ACADEMIA,PRIVATE_SECTOR"'
    )


def test_long_vocabularies_stand_in_a_hidden_sheet(tmp_path: Path) -> None:
    hidden = []
    for target in TARGETS:
        (tmp_path / "t.xlsx").write_bytes(template_bytes(template_of(ontology, target), "xlsx"))
        hidden += [sheet.name for sheet in open_sheets(tmp_path / "t.xlsx", ReadLimits()) if sheet.skipped]

    assert set(hidden) <= {"words"}


def test_another_program_reads_the_ods(tmp_path: Path) -> None:
    (tmp_path / "t.ods").write_bytes(template_bytes(template_of(library, BOOK), "ods"))
    rows = (
        python_calamine.CalamineWorkbook.from_path(tmp_path / "t.ods").get_sheet_by_name("books").to_python()
    )

    assert rows[0] == [each.name for each in BOOK.columns]
    assert str(rows[1][0]).startswith("#help Required. Key.")


@pytest.mark.parametrize("form", FORMATS)
def test_a_template_is_the_same_whenever_it_is_made(form: str) -> None:
    template = template_of(library, BOOK)

    assert template_bytes(template, form) == template_bytes(template, form)
