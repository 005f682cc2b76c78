"""Government counterparts. Whom to turn to there is personal data, which officers alone see."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.imports.records import Raw
from graph_api.ontology import PartialDate
from schema.commands.keys import new_key, slug
from schema.commands.rules import invalid, not_allowed
from schema.edges.governments import CounterpartOf
from schema.kinds.entity import Party
from schema.kinds.government_counterpart import GovernmentCounterpart
from schema.vocabulary import CounterpartKind, Role


class RecordCounterpart(Command):
    """Record an office of a state that civil society deals with, or correct what is stored of it."""

    party: str = argument("The key of the country or organization of countries that it is an office of.")
    kind: CounterpartKind = argument("What the office does.")
    office: str | None = argument("The office, as the source words it.", default=None)
    name: str | None = argument("The name to show; made of office and party unless given.", default=None)
    scopes: list[str] = argument("The forms of cooperation that it is competent for.")
    as_at: PartialDate | None = argument("The date of the information.", default=None)
    contact_name: str | None = argument(
        "The person who holds it: personal data.", default=None, visible_to=Role.CSU
    )
    contact_email: str | None = argument(
        "The address to write to: personal data.", default=None, visible_to=Role.CSU
    )
    contact_phone: str | None = argument(
        "The number to call: personal data.", default=None, visible_to=Role.CSU
    )
    key: str | None = argument(
        "The key that it gets; that of a stored one corrects it; made of party and office unless given.",
        default=None,
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the office; of one that is stored, what is not given stays as it is."""
        party = await draft.node(Party, self.party, "party")
        if self.contact_email is not None and not _is_address(self.contact_email):
            raise invalid("An address to write to has one @ and no spaces.", "contactEmail", "")
        known = await draft.find(GovernmentCounterpart, self.key) if self.key is not None else None
        if known is not None:
            await self._correct(draft, known, party)
            return known.ref
        told = self.office or self.kind.name.replace("_", " ").capitalize()
        key = await new_key(draft, GovernmentCounterpart, self.key, "OFFICE", self.party, slug(told))
        properties: dict[str, Raw] = {"name": f"{told}, {party.properties['name']}", **self._stated()}
        made = draft.create(GovernmentCounterpart, key, **properties)
        draft.relate(CounterpartOf, made, party.ref)
        return made

    async def _correct(self, draft: Draft, known: StoredNode, party: StoredNode) -> None:
        [of] = await draft.edges(CounterpartOf, source=known.ref)
        if of.target != party.ref:
            raise not_allowed(
                "OFFICES_STAY_WITH_THEIR_PARTY",
                f"{known.ref.key} is an office of {of.target.key}.",
                "party",
                self.party,
                "Record another office.",
            )
        draft.correct(known, **self._stated())

    def _stated(self) -> dict[str, Raw]:
        given: dict[str, Raw] = {
            "kind": self.kind,
            "office": self.office,
            "name": self.name,
            "scopes": self.scopes or None,
            "as_at": self.as_at,
            "contact_name": self.contact_name,
            "contact_email": self.contact_email,
            "contact_phone": self.contact_phone,
        }
        return {name: value for name, value in given.items() if value is not None}

    def about(self) -> NodeRef | None:
        """The office, when it is named."""
        return NodeRef(GovernmentCounterpart.__name__, self.key) if self.key is not None else None


def _is_address(text: str) -> bool:
    local, _, domain = text.partition("@")
    return bool(local and domain) and "@" not in domain and not any(each.isspace() for each in text)
