"""Events and the claims about attendance at them."""

from __future__ import annotations

from datetime import date, timedelta

from graph_api.ontology import PartialDate, Precision, derived, prop
from schema.kinds.entity import Entity
from schema.vocabulary import ClaimQualifier, EventKind, EventMode

CIRCULATION = timedelta(days=30)
"""The secretariat circulates the list of organizations at least this long before a session."""


def latest_circulation_date(kind: str, start: str | None) -> date | None:
    """The last day for circulating the list before a session whose first day is known."""
    if kind != EventKind.COP_SESSION.name or start is None:
        return None
    day = PartialDate.parse(start)
    return day.first_day - CIRCULATION if day.precision is Precision.DAY else None


class Event(Entity, plural="events"):
    """A session, a dialogue, a training or another meeting around the Convention."""

    kind: EventKind = prop("What kind of event it is.")
    start: PartialDate | None = prop("When it begins, as precisely as known.", default=None)
    end: PartialDate | None = prop("When it ends, as precisely as known.", default=None)
    mode: EventMode | None = prop("How people take part.", default=None)
    city: str | None = prop("The city that it is held in.", default=None)
    topics: list[str] = prop("Its topics, as the source words them.")
    latest_circulation_date: date | None = derived(
        "For a session of the Conference: the last day on which the secretariat can circulate the list of "
        "organizations without ECOSOC status, 30 days before the start.",
        reads=("kind", "start"),
        compute=latest_circulation_date,
    )


class AttendanceClaim(Entity, plural="attendanceClaims"):
    """What one source says about numbers at an event. Claims may contradict each other; all are kept."""

    metric: str = prop("What is counted.")
    qualifier: ClaimQualifier = prop("How the source qualifies the number.")
    value: int = prop("The number stated.")
    unit: str = prop("What one of them is: persons, organizations, states and so on.")
    basis: str = prop("What they did: registered, attended and so on.")
    stated_by: str = prop("Who states the number.")
