"""Claims about numbers: what a source says of attendance, or of the members of a network."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, KindClass
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.commands.keys import digest, given_key, joined
from schema.commands.rules import invalid
from schema.edges.events import ClaimsAttendanceOf
from schema.edges.networks import CountsMembersOf
from schema.kinds.event import AttendanceClaim, Event
from schema.kinds.network import MemberCountClaim, Network
from schema.vocabulary import ClaimQualifier


async def claim_key(draft: Draft, kind: KindClass, given: str | None, about: str, *said: object) -> str:
    """The key that was given, or one of what is said and by which sources: the same claim is one claim.

    Raises ``Refusal`` when it is there already.
    """
    if given is not None:
        return await given_key(draft, kind, given)
    key = joined("CLAIM", about, digest(*said, *sorted(draft.sources)))
    if await draft.taken(kind, key):
        text = f"The same sources have made this claim: {key}."
        raise Refusal(Problem(ProblemCode.ALREADY_THERE, text, "value", str(said[0])))
    return key


def _check_count(value: int) -> None:
    if value < 0:
        raise invalid("No count is below zero.", "value", value)


def _counted(qualifier: ClaimQualifier, value: int) -> str:
    said = "" if qualifier is ClaimQualifier.EXACT else f"{qualifier.name.lower().replace('_', ' ')} "
    return f"{said}{value}"


class AddAttendanceClaim(Command):
    """Add what a source says about numbers at an event. Claims may contradict each other; all are kept."""

    event: str = argument("The key of the event.")
    metric: str = argument("What is counted, such as participants or states.")
    value: int = argument("The number stated.")
    qualifier: ClaimQualifier | None = argument(
        "How the source qualifies the number; exact unless something else is said.", default=None
    )
    unit: str = argument("What one of them is: persons, organizations, states and so on.")
    basis: str = argument("What they did: registered, attended and so on.")
    stated_by: str = argument("Who states the number.")
    key: str | None = argument("The key that it gets; made of what it says unless given.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the claim beside those that are there."""
        event = await draft.node(Event, self.event, "event")
        _check_count(self.value)
        qualifier = self.qualifier or ClaimQualifier.EXACT
        said = (self.value, self.metric, qualifier.name, self.unit, self.basis, self.stated_by)
        key = await claim_key(draft, AttendanceClaim, self.key, self.event, *said)
        made = draft.create(
            AttendanceClaim,
            key,
            name=f"{self.event}: {_counted(qualifier, self.value)} {self.metric.replace('_', ' ')}",
            metric=self.metric,
            qualifier=qualifier,
            value=self.value,
            unit=self.unit,
            basis=self.basis,
            stated_by=self.stated_by,
        )
        draft.relate(ClaimsAttendanceOf, made, event.ref)
        return made


class AddMemberCountClaim(Command):
    """Add what a source says about the number of a network's members, as of a date."""

    network: str = argument("The key of the network.")
    value: int = argument("The number stated.")
    qualifier: ClaimQualifier | None = argument(
        "How the source qualifies the number; exact unless something else is said.", default=None
    )
    as_of: PartialDate = argument("The date that the number is stated for; every count needs one.")
    stated_by: str | None = argument("Who states the number.", default=None)
    key: str | None = argument("The key that it gets; made of what it says unless given.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the claim beside those that are there."""
        network = await draft.node(Network, self.network, "network")
        _check_count(self.value)
        qualifier = self.qualifier or ClaimQualifier.EXACT
        said = (self.value, qualifier.name, self.as_of, self.stated_by)
        key = await claim_key(
            draft, MemberCountClaim, self.key, f"{self.network}-MEMBERS-{self.as_of}", *said
        )
        made = draft.create(
            MemberCountClaim,
            key,
            name=f"{self.network}: {_counted(qualifier, self.value)} members as of {self.as_of}",
            value=self.value,
            qualifier=qualifier,
            as_of=self.as_of,
            stated_by=self.stated_by,
        )
        draft.relate(CountsMembersOf, made, network.ref)
        return made
