"""Applications to take part in events."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import ApplicationStatus, Role


class Application(Entity, plural="applications", visible_to=Role.CSU):
    """An organization's request to take part in an event; the Extended Bureau decides on it."""

    status: ApplicationStatus = prop("The step that it has reached.")
    submitted: PartialDate | None = prop("When it was handed in.", default=None)
    decided: PartialDate | None = prop("When the Extended Bureau decided.", default=None)
    travel_support: bool | None = prop("Whether support for travel is asked for.", default=None)
