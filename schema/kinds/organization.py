"""Organizations."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Stakeholder
from schema.vocabulary import OrganizationKind, OrganizationSubtype, Role


class Organization(Stakeholder, plural="organizations"):
    """A non-governmental stakeholder; branches are organizations of their own."""

    acronym: str | None = prop("The short form of its name.", default=None, searched=True)
    aliases: list[str] = prop("Other names under which it is known.", searched=True)
    kind: OrganizationKind = prop("Civil society, academia or private sector.")
    subtype: OrganizationSubtype | None = prop("A finer type, where one is known.", default=None)
    website: str | None = prop("Its address on the web.", default=None, ordered=False)
    founded: PartialDate | None = prop("When it was founded, as precisely as known.", default=None)
    languages: list[str] = prop("Languages it works in, as ISO 639-1 codes.")
    victim_led: bool | None = prop(
        "Whether victims or survivors lead it; empty when not known.", default=None
    )
    grassroots: bool | None = prop(
        "Whether it is a grassroots organization; empty when not known.", default=None
    )
    contact_name: str | None = prop(
        "The person to turn to: personal data.", default=None, visible_to=Role.CSU
    )
    contact_email: str | None = prop(
        "The address to write to: personal data.", default=None, ordered=False, visible_to=Role.CSU
    )
    contact_phone: str | None = prop(
        "The number to call: personal data.", default=None, ordered=False, visible_to=Role.CSU
    )
