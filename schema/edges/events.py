"""How events hang together, who takes part, and what sources say about it."""

from __future__ import annotations

from graph_api.ontology import Edge, many, one, prop
from schema.kinds.application import Application
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.event import AttendanceClaim, Event
from schema.kinds.network import Network
from schema.kinds.organization import Organization
from schema.vocabulary import EventMode, ParticipationRole, ParticipationStatus


class Follows(
    Edge[Event, Event],
    forward=many("follows", "The sessions that it follows."),
    backward=many("followedBy", "The dialogues that follow it."),
    dated=False,
):
    """A dialogue follows the session of a working group; it may follow several."""


class PartOf(
    Edge[Event, Event],
    forward=many("partOf", "The events that it is a part of."),
    backward=many("parts", "The events that are a part of it."),
    dated=False,
):
    """An event is a part of another, as a side event is of a session of the Conference."""


class ConcernsGroup(
    Edge[Event, ConferenceWorkingGroup],
    forward=many("conferenceWorkingGroups", "The working groups of the Conference that it belongs to."),
    backward=many("events", "The sessions of the working group and the dialogues after them."),
    dated=False,
):
    """A session or a dialogue belongs to a working group of the Conference."""


class ConvenedBy(
    Edge[Event, Network],
    forward=many("networks", "The networks that convened it."),
    backward=many("events", "The events that it convened."),
    dated=False,
):
    """A network convened an event."""


class ParticipatedIn(
    Edge[Organization, Event],
    forward=many("participations", "The events that it took part in or registered for."),
    backward=many("participations", "The organizations that took part or registered."),
    dated=False,
):
    """An organization took part in an event, or was to."""

    role: ParticipationRole = prop("What it did there.")
    status: ParticipationStatus | None = prop(
        "Registered, approved or attended: each a fact of its own; empty when not stated.",
        default=None,
        tells_apart=True,
    )
    mode: EventMode | None = prop("How it took part.", default=None)
    role_as_written: str | None = prop("What it did, as the source words it.", default=None, ordered=False)


class AppliedBy(
    Edge[Application, Organization],
    forward=one("organization", "The organization that applies.", required=True),
    backward=many("applications", "Its applications to take part in events."),
    dated=False,
):
    """An organization makes an application."""


class AppliesTo(
    Edge[Application, Event],
    forward=one("event", "The event that it applies to.", required=True),
    backward=many("applications", "The applications to take part."),
    dated=False,
):
    """An application is for an event."""


class ClaimsAttendanceOf(
    Edge[AttendanceClaim, Event],
    forward=one("event", "The event that the claim is about.", required=True),
    backward=many("attendanceClaims", "What sources say about numbers at the event."),
    dated=False,
):
    """A claim is about an event."""
