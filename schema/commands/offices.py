"""Offices of networks: appointed for a renewable year, renewed, ended.

The organization of the coordinator is the secretariat for as long as its mandate lasts, so the secretariat
is read from the coordinator's spell and stored nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.commands.mandates import Days, held_since, is_long_running, mandates
from schema.commands.rules import invalid, is_before, is_member, not_allowed, one_year_after
from schema.edges.networks import HoldsOffice
from schema.kinds.network import Network
from schema.kinds.organization import Organization
from schema.vocabulary import OfficeKind


@dataclass(frozen=True, slots=True)
class _Office:
    """An office of a network with the organization that holds it or is to."""

    draft: Draft
    organization: NodeRef
    network: NodeRef
    kind: OfficeKind

    @classmethod
    async def named(cls, draft: Draft, organization: str, network: str, kind: OfficeKind) -> _Office:
        holder = await draft.node(Organization, organization, "organization")
        return cls(draft, holder.ref, (await draft.node(Network, network, "network")).ref, kind)

    async def last_mandate(self) -> StoredEdge:
        """The holder's last spell; raises ``Refusal`` when it never held the office."""
        found = await mandates(self.draft, self.network, self.kind, self.organization)
        if not found:
            text = f"{self.organization.key} is no {self.kind.name} of {self.network.key}."
            raise Refusal(Problem(ProblemCode.NOT_THERE, text, "organization", self.organization.key))
        return found[-1]

    async def check_free(self, days: Days, renewed: StoredEdge | None = None) -> None:
        """Nobody else may be coordinator on those days, and the holder in no second spell."""
        for spell in await mandates(self.draft, self.network, self.kind):
            if spell == renewed or not days.overlap(Days.of_edge(spell)):
                continue
            if spell.source == self.organization:
                raise self._held_already(spell)
            if self.kind is OfficeKind.COORDINATOR:
                raise not_allowed(
                    "ONE_COORDINATOR_AT_A_TIME",
                    f"{spell.source.key} is coordinator of {self.network.key} {_spell_text(spell)}.",
                    "organization",
                    self.organization.key,
                    "End that office first.",
                )

    def _held_already(self, spell: StoredEdge) -> Refusal:
        text = f"{self.organization.key} is {self.kind.name} of {self.network.key} {_spell_text(spell)}."
        return Refusal(
            Problem(
                ProblemCode.ALREADY_THERE,
                text,
                "organization",
                self.organization.key,
                remedy="Renew that office, or end it first.",
            )
        )

    async def check_member(self, when: PartialDate) -> None:
        """The coordinator has to be a member; for other offices it is said when the holder is none."""
        if await is_member(self.draft, self.organization, self.network, when):
            return
        text = f"{self.organization.key} is no member of {self.network.key} in {when}."
        if self.kind is OfficeKind.COORDINATOR:
            raise not_allowed(
                "THE_COORDINATOR_IS_A_MEMBER",
                text,
                "organization",
                self.organization.key,
                "Admit it to the network first.",
            )
        self.draft.notices.append(text)

    async def note_length(self, days: Days, until: PartialDate) -> None:
        """Say so when the mandate is a long-running one."""
        earlier = await mandates(self.draft, self.network, self.kind, self.organization)
        begin = held_since(earlier, days.first_begin)
        if is_long_running(begin, until):
            self.draft.notices.append(
                f"A long-running mandate: {self.organization.key} is {self.kind.name} of "
                f"{self.network.key} from {begin} to {until}; it is for one renewable year."
            )


def _spell_text(spell: StoredEdge) -> str:
    since, until = spell.text("since"), spell.text("until")
    begun = f"since {since}" if since else "for an unknown time"
    return f"{begun} until {until}" if until else f"{begun}, without an end"


class AppointOffice(Command):
    """Appoint an organization's representative to an office of a network, for one renewable year.

    The organization of the coordinator is the secretariat for that time.
    """

    organization: str = argument("The key of the organization; persons are not named.")
    network: str = argument("The key of the network.")
    office: OfficeKind = argument("The office.")
    since: PartialDate = argument("Since when, as precisely as known.")
    until: PartialDate | None = argument(
        "Until when; one year after the beginning unless given.", default=None
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the spell: of one coordinator at a time, who must be a member."""
        office = await _Office.named(draft, self.organization, self.network, self.office)
        until = self.until or one_year_after(self.since, "since")
        if is_before(until, self.since):
            raise invalid(f"It would end before it begins ({self.since}).", "until", until)
        days = Days.between(self.since, until)
        await office.check_free(days)
        await office.check_member(self.since)
        await office.note_length(days, until)
        draft.relate(
            HoldsOffice,
            office.organization,
            office.network,
            office=self.office,
            since=self.since,
            until=until,
        )
        return office.organization

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


class RenewOffice(Command):
    """Renew an office of a network for one more year. However often: a long mandate is said, not refused."""

    organization: str = argument("The key of the organization that holds it.")
    network: str = argument("The key of the network.")
    office: OfficeKind = argument("The office.")
    until: PartialDate | None = argument(
        "The new end; one year after the present end unless given.", default=None
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the later end of the last spell; nobody else may hold the office by then."""
        office = await _Office.named(draft, self.organization, self.network, self.office)
        spell = await office.last_mandate()
        end = spell.text("until")
        until = self.until or (one_year_after(PartialDate.parse(end), "until") if end else None)
        if until is None:
            raise invalid("The mandate has no end yet: say until when it is renewed.", "until", "")
        if end is not None and not is_before(PartialDate.parse(end), until):
            raise invalid(f"A renewal ends later than {end}.", "until", until)
        begin = Days.of_edge(spell)
        days = Days(begin.first_begin, begin.last_begin, until.first_day, until.last_day)
        await office.check_free(days, spell)
        await office.check_member(PartialDate.parse(end) if end else until)
        await office.note_length(days, until)
        draft.change(spell, until=until)
        return office.organization

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


class EndOffice(Command):
    """End an office of a network before its mandate does."""

    organization: str = argument("The key of the organization that holds it.")
    network: str = argument("The key of the network.")
    office: OfficeKind = argument("The office.")
    until: PartialDate = argument("Until when it held the office, as precisely as known.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the end of the last spell, which must not be before its beginning nor after its end."""
        office = await _Office.named(draft, self.organization, self.network, self.office)
        spell = await office.last_mandate()
        end = spell.text("until")
        if end is not None and is_before(PartialDate.parse(end), self.until):
            text = f"{self.organization} holds the office {_spell_text(spell)}."
            raise Refusal(
                Problem(
                    ProblemCode.NOT_THERE,
                    text,
                    "until",
                    str(self.until),
                    remedy="To go on, renew the office.",
                )
            )
        draft.change(spell, until=self.until)
        return office.organization

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
