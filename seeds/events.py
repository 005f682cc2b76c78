"""Events, what they belong to and deal with, and the claims about attendance at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph_api.errors import InvalidDateError
from graph_api.imports import NodeRecord, NodeRef, Row, Table
from graph_api.imports.records import Record
from graph_api.ontology import PartialDate
from schema.edges.events import ClaimsAttendanceOf, ConcernsGroup, Follows, PartOf
from schema.edges.governments import AdoptedAt
from schema.edges.places import HeldIn
from schema.edges.themes import DealsWith
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.country import Country
from schema.kinds.event import AttendanceClaim, Event
from schema.kinds.instrument import Instrument
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import EventKind
from seeds.facts import Facts, digest, ref
from seeds.files import columns, topic_themes

CLASSIFICATION = "Classification of topics by this project (topic_themes.csv)"
_GROUPS = ("TA", "IC", "TIP", "SOM", "FIREARMS")
_WITH_GROUPS = {EventKind.WORKING_GROUP_SESSION.name, EventKind.CONSTRUCTIVE_DIALOGUE.name}
_WITHIN = re.compile(r"within (COP-\d{2})", re.ASCII)
_ADOPTED = re.compile(r"adopted resolution (\d+)/(\d+)", re.ASCII)


def event(row: Row) -> Iterator[Record]:
    """An event, and its edges to places, sessions, working groups, instruments and thematic areas."""
    facts = Facts(row)
    yield from facts.sources
    _check_dates(row)
    topics = row["topics"].split("|") if row["topics"] else []
    found = facts.node(
        Event,
        row["code"],
        name=row["title"],
        kind=row["kind"],
        start=row["start"],
        end=row["end"],
        mode=row["mode"].upper(),
        city=row["city"],
        topics=topics,
        verification=row["verification"],
        note=row["note"],
    )
    yield found
    if row["country_iso3"]:
        yield facts.edge(HeldIn, found.ref, ref(Country, row["country_iso3"]))
    yield from _other_events(row, facts, found.ref)
    yield from _groups(row, facts, found.ref)
    yield from _themes(row, found, topics)


def _other_events(row: Row, facts: Facts, event: NodeRef) -> Iterator[Record]:
    for session in filter(None, row["follows_working_group_events"].split("|")):
        yield facts.edge(Follows, event, ref(Event, session))
    for code in _WITHIN.findall(row["note"]):
        yield facts.edge(PartOf, event, ref(Event, code))
    for session, number in _ADOPTED.findall(row["note"]):
        yield facts.edge(AdoptedAt, ref(Instrument, f"RES-{session}-{number}"), event)


def _groups(row: Row, facts: Facts, event: NodeRef) -> Iterator[Record]:
    """The code of a session or a dialogue names its working groups, as CD-2022-IC-TA does."""
    if row["kind"] not in _WITH_GROUPS:
        return
    named = [part for part in row["code"].split("-") if part in _GROUPS]
    if not named:
        raise row.broken("code", f"expected one of {', '.join(_GROUPS)} in the code")
    for group in named:
        yield facts.edge(ConcernsGroup, event, ref(ConferenceWorkingGroup, f"WG-{group}"))


def _themes(row: Row, event: NodeRecord, topics: list[str]) -> Iterator[Record]:
    themes: dict[str, None] = {}
    for topic in topics:
        if topic not in topic_themes():
            raise row.broken("topics", f"topic_themes.csv has no line for the topic '{topic}'")
        themes |= dict.fromkeys(topic_themes()[topic])
    if themes:
        classified = Facts(row, f"{row['source']} ; {CLASSIFICATION}")
        yield from classified.sources
        for theme in themes:
            yield classified.edge(DealsWith, event.ref, ref(ThematicArea, theme))


def _check_dates(row: Row) -> None:
    """The column date_precision says the same as the dates, and no event ends before it begins."""
    dates = []
    for column in ("start", "end"):
        try:
            date = PartialDate.parse(row[column]) if row[column] else None
        except InvalidDateError as problem:
            raise row.broken(column, problem.message) from problem
        precision = date.precision.lower() if date else "none"
        if precision != row["date_precision"]:
            raise row.broken("date_precision", f"{column} is known to the {precision}")
        dates.append(date)
    start, end = dates
    if start and end and start.first_day > end.last_day:
        raise row.broken("end", "it ends before it begins")


def attendance_claim(row: Row) -> Iterator[Record]:
    """What one source says about numbers at an event; its key depends on all that it says."""
    facts = Facts(row)
    yield from facts.sources
    said = [row[name] for name in ("metric", "qualifier", "value", "unit", "basis", "stated_by", "source")]
    qualifier = "" if row["qualifier"] == "exact" else f"{row['qualifier'].replace('_', ' ')} "
    claim = facts.node(
        AttendanceClaim,
        f"CLAIM-{row['event_code']}-{digest('|'.join(said))}",
        name=f"{row['event_code']}: {qualifier}{row['value']} {row['metric'].replace('_', ' ')}",
        metric=row["metric"],
        qualifier=row["qualifier"].upper(),
        value=row["value"],
        unit=row["unit"],
        basis=row["basis"],
        stated_by=row["stated_by"],
        note=row["note"],
    )
    yield claim
    yield facts.edge(ClaimsAttendanceOf, claim.ref, ref(Event, row["event_code"]))


EVENTS = Table(
    event,
    columns(
        "code kind title start end date_precision city country_iso3 mode follows_working_group_events topics "
        "verification source note"
    ),
)
ATTENDANCE_CLAIMS = Table(
    attendance_claim, columns("event_code metric qualifier value unit basis stated_by source note")
)
