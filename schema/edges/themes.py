"""What things are about."""

from __future__ import annotations

from graph_api.ontology import Edge, Hierarchy, many, prop
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.event import Event
from schema.kinds.network_body import NetworkBody
from schema.kinds.organization import Organization
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import ExpertiseLevel


class NarrowerThan(
    Hierarchy[ThematicArea, ThematicArea],
    up=many("broader", "The areas that directly contain it."),
    down=many("narrower", "The topics that it directly contains."),
):
    """A topic within a wider thematic area."""


class WorksOn(
    Edge[Organization, ThematicArea],
    forward=many("themes", "The thematic areas that it works on."),
    backward=many("organizations", "The organizations that work on the area."),
):
    """An organization works on a thematic area."""

    level: ExpertiseLevel | None = prop("How well it knows the area.", default=None)
    evidence: str | None = prop("What shows it.", default=None, ordered=False)


class DealsWith(
    Edge[Event, ThematicArea],
    forward=many("themes", "The thematic areas that it deals with."),
    backward=many("events", "The events that deal with the area."),
    dated=False,
):
    """An event deals with a thematic area."""


class MandatedFor(
    Edge[ConferenceWorkingGroup, ThematicArea],
    forward=many("themes", "The thematic areas that it is mandated for."),
    backward=many("conferenceWorkingGroups", "The working groups of the Conference mandated for the area."),
    dated=False,
):
    """A working group of the Conference is mandated for a thematic area."""


class FocusesOn(
    Edge[NetworkBody, ThematicArea],
    forward=many("themes", "The thematic areas that it focuses on."),
    backward=many("networkBodies", "The bodies of networks that focus on the area."),
):
    """A body of a network focuses on a thematic area."""
