"""The XML of the United Nations Treaty Collection, by a sample in its form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import UnreadableFileError
from graph_api.imports.reading import CellFlaw, ReadLimits, SheetRow, open_sheets
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import ImportReport, Mode, OutcomeKind, PropertyChange
from graph_api.imports.rows.run import Options, import_file
from graph_api.imports.rows.spool import read_outcomes
from schema import ontology
from seeds import import_formats

SAMPLE = Path(__file__).parent / "treaties" / "XVIII-12.en.xml"


def read(path: Path) -> list[SheetRow]:
    (sheet,) = open_sheets(path, ReadLimits(), form="treaty-xml", formats=import_formats)
    return list(sheet.rows)


def with_entries(directory: Path, *entries: str, name: str = "XVIII-12.en.xml") -> Path:
    row = "".join(f"<Entry>{entry}</Entry>" for entry in entries)
    text = SAMPLE.read_text(encoding="utf-8")
    begin, end = text.index("<Rows>"), text.index("</Rows>")
    path = directory / name
    path.write_text(f"{text[:begin]}<Rows><Row>{row}</Row>{text[end:]}", encoding="utf-8")
    return path


async def importing(store: BoltStore, path: Path, spool: Path, mode: Mode = Mode.DRY_RUN) -> ImportReport:
    source = await store.read(Statement("MATCH (s:Source) RETURN s.key ORDER BY s.key LIMIT 1"))
    options = Options(mode, form="treaty-xml", formats=import_formats, defaults=Defaults(str(source[0][0])))
    return await import_file(store, ontology, path, options, spool)


def test_participants_become_rows_with_the_day_of_the_information() -> None:
    first, union, iran, vietnam, fiji = read(SAMPLE)

    assert first.cells == {
        "source": "Country:AFG", "target": "UNTOC", "as_at": "2025-03-05", "status": "PARTY",
        "signed": "2000-12-14", "consented": "2003-09-24", "consent_kind": "RATIFICATION",
    }  # fmt: skip
    assert (union.cells["source"], union.cells["consent_kind"]) == ("IntegrationOrganization:EU", "APPROVAL")
    assert (iran.cells["source"], iran.cells["status"]) == ("Country:IRN", "SIGNATORY_ONLY")
    assert (vietnam.cells["source"], vietnam.cells["consented"]) == ("Country:VNM", "2012-06-08")
    assert (fiji.cells["consent_kind"], "signed" in fiji.cells) == ("ACCESSION", False)


@pytest.mark.parametrize(
    ("entries", "flaw"),
    [
        (("Fiji", "", "19 Sep 2017 z"), CellFlaw("consent_kind", "19 Sep 2017 z",
         "expected one of A, AA, a, d or nothing after the date")),
        (("Fiji", "", "31 Feb 2017"), CellFlaw("consented", "31 Feb 2017", "day is out of range for month")),
        (("Fiji", "soon", ""), CellFlaw("signed", "soon", "expected a date as in 14 Dec 2000")),
        (("[Fiji]", "", "19 Sep 2017 a"),
         CellFlaw("status", "[Fiji]", "it stands in brackets: it has withdrawn")),
        (("Fiji", "", ""), CellFlaw("status", "Fiji", "it has neither signed nor consented")),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_a_flaw_of_its_row(
    tmp_path: Path, entries: tuple[str, ...], flaw: CellFlaw
) -> None:
    (row,) = read(with_entries(tmp_path, *entries))

    assert row.flaws == (flaw,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("STATUS AS AT : 05-03-2025", "STATUS"), "does not say as at which day"),
        (("<Participants>", "<People>"), "is no XML"),
        (("<MTDSG>", '<!DOCTYPE a [<!ENTITY b "c">]><MTDSG>'), "declares an entity"),
    ],
)
def test_a_file_in_another_form_is_refused(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    path = tmp_path / SAMPLE.name
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")

    with pytest.raises(UnreadableFileError, match=words):
        read(path)


def test_the_day_can_stand_in_the_name(tmp_path: Path) -> None:
    path = tmp_path / "XVIII-12-a.en.2024-01-31.xml"
    text = SAMPLE.read_text(encoding="utf-8").replace("STATUS AS AT : 05-03-2025", "")
    path.write_text(text, encoding="utf-8")

    assert {(row.cells["target"], row.cells["as_at"]) for row in read(path)} == {("TIP", "2024-01-31")}


def test_a_treaty_that_the_graph_does_not_know_is_refused(tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLE, tmp_path / "IV-8.en.xml"))

    with pytest.raises(UnreadableFileError, match="does not begin with the number of a treaty"):
        read(path)


async def test_statuses_are_updated_with_their_day(seeded_store: BoltStore, tmp_path: Path) -> None:
    report = await importing(seeded_store, SAMPLE, tmp_path / "spool")
    outcomes = list(read_outcomes(tmp_path / "spool"))
    afghanistan = next(each for each in outcomes if "AFG" in each.of)

    assert report.count(OutcomeKind.REJECTED) == 0
    assert PropertyChange("as_at", "2014-01-27", "2025-03-05") in afghanistan.changes


async def test_an_unknown_participant_is_rejected_with_the_nearest(
    seeded_store: BoltStore, tmp_path: Path
) -> None:
    path = with_entries(tmp_path, "Kenia Republic", "", "19 Sep 2017 a")
    await importing(seeded_store, path, tmp_path / "spool")
    (outcome,) = read_outcomes(tmp_path / "spool")

    assert outcome.problems[0].reason == "no Country or IntegrationOrganization has this key"


async def test_a_country_in_another_language_is_suggested(seeded_store: BoltStore, tmp_path: Path) -> None:
    path = with_entries(tmp_path, "Kenia", "", "19 Sep 2017 a")
    await importing(seeded_store, path, tmp_path / "spool")
    (outcome,) = read_outcomes(tmp_path / "spool")

    assert outcome.problems[0].suggestion == "Country:KEN (Kenya)?"
