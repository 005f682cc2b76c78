"""The status of a treaty as the United Nations Treaty Collection gives it, as XML for each treaty.

The files are at treaties.un.org/doc/Publication/MTDSG, named by the treaty's number: ``XVIII-12.en.xml``.
The participants stand in ``Participants/Table/TGroup/Tbody/Rows/Row/Entry``: a name, the date of signature,
and the date of the consent to be bound with a letter for its kind. Footnotes and declarations are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading import CellFlaw, Format, ReadLimits, Sheet, SheetRow
from graph_api.imports.reading.safe_xml import End, Event, Start, Text, events
from graph_api.imports.reading.sheets import exceeded
from graph_api.ontology.folding import fold
from schema.edges.governments import TreatyStatus
from schema.kinds.country import Country
from schema.kinds.integration_organization import IntegrationOrganization
from schema.vocabulary import ConsentKind, PartyStatus
from seeds.files import reference, rows
from seeds.instruments import EUROPEAN_UNION

_HEADINGS = ("source", "target", "status", "signed", "consented", "consent_kind", "as_at", "note")
_NUMBER = re.compile(r"([IVXLC]+-\d+(?:-[a-z])*)(?=[.\s_-]|$)", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
_AS_AT = re.compile(r"status\s+as\s+at\s*:?\s*(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.IGNORECASE)
_MARKUP = re.compile(r"<superscript>.*?</superscript>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})(?:\s+([A-Za-z]{1,2}))?")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_KINDS = {
    "": ConsentKind.RATIFICATION,
    "A": ConsentKind.ACCEPTANCE,
    "AA": ConsentKind.APPROVAL,
    "a": ConsentKind.ACCESSION,
    "d": ConsentKind.SUCCESSION,
}
_FORMAL_CONFIRMATION = "c"
"""What organizations do instead of ratifying. The graph has no such kind of consent: it is noted."""
_OTHER_NAMES = {"european community": EUROPEAN_UNION, "european union": EUROPEAN_UNION}


def treaty_sheets(path: Path, limits: ReadLimits) -> Iterator[Sheet]:
    """The one sheet of a file, a row for each participant.

    Raises ``UnreadableFileError`` when the file is no such XML, is of a treaty that the graph does not know,
    or does not say as at which day it is.
    """
    instrument = _instrument(path)
    as_at = _as_at(path)
    found = _rows(path, instrument, as_at, limits)
    yield Sheet(instrument, _HEADINGS, found, target=TreatyStatus.__name__)


def _instrument(path: Path) -> str:
    number = _NUMBER.match(path.name)
    known = {
        row["mtdsg_no"].lower(): row["code"] for row in rows(reference("instruments")) if row["mtdsg_no"]
    }
    code = known.get(number[1].lower()) if number is not None else None
    if code is None:
        raise UnreadableFileError(
            f"The name {path.name} does not begin with the number of a treaty of the graph.",
            remedy="Name it as the Treaty Collection does, as XVIII-12.en.xml. "
            f"Known: {', '.join(sorted(known))}.",
        )
    return code


def _as_at(path: Path) -> str:
    """The day of the information: as the file says it, otherwise as its name says it."""
    with path.open("rb") as stream:
        for event in events(stream, path.name):
            if isinstance(event, Text):
                stated = _AS_AT.search(event.text)
                if stated is not None:
                    return date(int(stated[3]), int(stated[2]), int(stated[1])).isoformat()
    named = _DAY_IN_NAME.search(path.name)
    if named is None:
        raise UnreadableFileError(
            f"{path.name} does not say as at which day it is.",
            remedy="Write the day on which you saved it into its name, as in XVIII-12.en.2025-03-05.xml.",
        )
    return named[0]


def _rows(path: Path, instrument: str, as_at: str, limits: ReadLimits) -> Iterator[SheetRow]:
    number = 0
    with path.open("rb") as stream:
        for entries in _entries(events(stream, path.name)):
            number += 1
            if number > limits.rows:
                raise exceeded("rows", "rows", number, limits.rows)
            yield _row(number, entries, instrument, as_at)
    if not number:
        raise UnreadableFileError(
            f"{path.name} has no participants.", remedy="Save the XML of the treaty's status page."
        )


def _entries(found: Iterator[Event]) -> Iterator[list[str]]:
    """The cells of each row of the table of participants."""
    cells: list[str] = []
    participants = body = entry = False
    for event in found:
        match event:
            case Start(name="Participants") | End(name="Participants"):
                participants = isinstance(event, Start)
            case Start(name="Tbody") | End(name="Tbody"):
                body = isinstance(event, Start)
            case Start(name="Row"):
                cells = []
            case Start(name="Entry"):
                entry = True
                cells.append("")
            case End(name="Entry"):
                entry = False
            case Text(text=text) if entry and cells:
                cells[-1] += text
            case End(name="Row") if participants and body:
                yield [" ".join(_MARKUP.sub("", cell).split()) for cell in cells]
            case _:
                pass


def _row(number: int, entries: Sequence[str], instrument: str, as_at: str) -> SheetRow:
    participant, signature, consent = ([*entries, "", "", ""])[:3]
    flaws: list[CellFlaw] = []
    cells = {"source": _party(participant), "target": instrument, "as_at": as_at}
    withdrawn = participant.startswith("[") or consent.startswith("[")
    signed, signed_kind = _date(signature, "signed", flaws)
    consented, kind = _date(consent, "consented", flaws)
    if withdrawn:
        flaws.append(CellFlaw("status", participant, "it stands in brackets: it has withdrawn"))
    if not signed and not consented and not flaws:
        flaws.append(CellFlaw("status", participant, "it has neither signed nor consented"))
    if consented:
        cells["consented"] = consented
        if kind in _KINDS:
            cells["consent_kind"] = _KINDS[kind].name
        elif kind == _FORMAL_CONFIRMATION:
            cells["note"] = "Formal confirmation."
        else:
            marks = ", ".join(filter(None, _KINDS))
            flaws.append(
                CellFlaw("consent_kind", consent, f"expected one of {marks} or nothing after the date")
            )
    if signed:
        cells["signed"] = signed
    if signed_kind:
        flaws.append(CellFlaw("signed", signature, "expected nothing after the date"))
    cells["status"] = (PartyStatus.PARTY if consented else PartyStatus.SIGNATORY_ONLY).name
    return SheetRow(number, cells, tuple(flaws))


def _party(name: str) -> str:
    """The key of a participant with its kind; the name itself where the graph does not know it."""
    folded = fold(name.strip("[] "))
    if folded in _OTHER_NAMES:
        return f"{IntegrationOrganization.__name__}:{_OTHER_NAMES[folded]}"
    key = _names().get(folded)
    return f"{Country.__name__}:{key}" if key else name


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows(reference("countries")):
        for column in ("name_display", "name_en"):
            found[fold(row[column])] = row["iso3"]
    return found


def _date(text: str, column: str, flaws: list[CellFlaw]) -> tuple[str, str]:
    """A date as the Collection writes it, and the letters after it."""
    if not text.strip("[] "):
        return "", ""
    match = _DATE.fullmatch(text.strip("[] "))
    month = _MONTHS.get(match[2]) if match is not None else None
    if match is None or month is None:
        flaws.append(CellFlaw(column, text[:80], "expected a date as in 14 Dec 2000"))
        return "", ""
    try:
        return date(int(match[3]), month, int(match[1])).isoformat(), match[4] or ""
    except ValueError as problem:
        flaws.append(CellFlaw(column, text[:80], str(problem)))
        return "", ""


TREATY_XML = Format(
    "treaty-xml", "The status of a treaty in the XML of the United Nations Treaty Collection.", treaty_sheets
)
