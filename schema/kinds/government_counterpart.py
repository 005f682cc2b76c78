"""Government counterparts."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import CounterpartKind, Role


class GovernmentCounterpart(Entity, plural="governmentCounterparts"):
    """An office of a state that civil society deals with. Persons are named to officers alone."""

    kind: CounterpartKind = prop("What the office does.")
    office: str | None = prop("The office, as the source words it; empty when not stated.", default=None)
    scopes: list[str] = prop("The forms of cooperation that it is competent for.")
    as_at: PartialDate | None = prop("The date of the information, as precisely as known.", default=None)
    contact_name: str | None = prop(
        "The person who holds it, such as the focal point: personal data.", default=None, visible_to=Role.CSU
    )
    contact_email: str | None = prop(
        "The address to write to: personal data.", default=None, ordered=False, visible_to=Role.CSU
    )
    contact_phone: str | None = prop(
        "The number to call: personal data.", default=None, ordered=False, visible_to=Role.CSU
    )
