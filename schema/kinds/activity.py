"""What networks plan and do."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import ActivityKind, ActivityStatus


class ActivityPlan(Entity, plural="activityPlans"):
    """What a network plans for a year."""

    year: int = prop("The calendar year.")


class Activity(Entity, plural="activities"):
    """One item of a network's plan."""

    kind: ActivityKind = prop("What kind of activity it is.")
    status: ActivityStatus = prop("How far it has come.")
    due: PartialDate | None = prop("When it is due, as precisely as planned.", default=None)
    completed: PartialDate | None = prop("When it was completed, as precisely as known.", default=None)
