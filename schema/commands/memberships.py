"""Membership of organizations in networks."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.edges.networks import BodyOf, HoldsOffice, MemberOf, SitsOn
from schema.kinds.network import Network
from schema.kinds.organization import Organization


async def open_membership(draft: Draft, organization: NodeRef, network: NodeRef) -> StoredEdge | None:
    """The spell of membership that has no end, when there is one."""
    spells = await draft.edges(MemberOf, source=organization, target=network)
    return next((spell for spell in spells if spell.open), None)


class AdmitMember(Command):
    """Admit an organization to a network. Leaving and rejoining makes two spells of membership."""

    organization: str = argument("The key of the organization.")
    network: str = argument("The key of the network.")
    since: PartialDate | None = argument("Since when it is a member, as precisely as known.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the spell; the organization may not be a member already."""
        organization = await draft.node(Organization, self.organization, "organization")
        network = await draft.node(Network, self.network, "network")
        spell = await open_membership(draft, organization.ref, network.ref)
        if spell is not None:
            since = f" since {spell.since}" if spell.since else ""
            raise Refusal(
                Problem(
                    ProblemCode.ALREADY_THERE,
                    f"{self.organization} is a member of {self.network}{since}.",
                    "organization",
                    self.organization,
                    rule="ONE_SPELL_AT_A_TIME",
                )
            )
        draft.relate(MemberOf, organization.ref, network.ref, since=self.since)
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


async def _note_what_remains(draft: Draft, organization: NodeRef, network: NodeRef) -> None:
    """Seats and offices are ended by people: only say that they have no end yet."""
    bodies = {edge.source.key for edge in await draft.edges(BodyOf, target=network)}
    seats = await draft.edges(SitsOn, source=organization)
    offices = await draft.edges(HoldsOffice, source=organization, target=network)
    held = [each.target.key for each in seats if each.open and each.target.key in bodies]
    held += [str(each.text("office")) for each in offices if each.open]
    if held:
        draft.notices.append(f"{organization.key} still has, without an end: {', '.join(held)}.")


class EndMembership(Command):
    """End an organization's membership of a network."""

    organization: str = argument("The key of the organization.")
    network: str = argument("The key of the network.")
    until: PartialDate = argument("Until when it was a member, as precisely as known.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the end of the open spell, which must not be before its beginning."""
        organization = await draft.node(Organization, self.organization, "organization")
        network = await draft.node(Network, self.network, "network")
        spell = await open_membership(draft, organization.ref, network.ref)
        if spell is None:
            text = f"{self.organization} is no member of {self.network}."
            raise Refusal(Problem(ProblemCode.NOT_THERE, text, "organization", self.organization))
        draft.change(spell, until=self.until)
        await _note_what_remains(draft, organization.ref, network.ref)
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
