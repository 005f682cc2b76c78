"""Events: created, with everything that they belong to."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.ontology import PartialDate
from schema.commands.keys import new_key, slug
from schema.commands.rules import invalid, is_before, not_allowed
from schema.edges.events import ConcernsGroup, ConvenedBy, Follows, PartOf
from schema.edges.places import HeldIn
from schema.edges.themes import DealsWith
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.country import Country
from schema.kinds.event import Event
from schema.kinds.network import Network
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import EventKind, EventMode


def date_of(event: StoredNode, name: str) -> PartialDate | None:
    """A date of an event, where it is known."""
    value = event.properties.get(name)
    return None if value is None else PartialDate.parse(str(value))


def check_order(start: PartialDate | None, end: PartialDate | None, field: str = "end") -> None:
    """No event ends before it begins."""
    if start is not None and end is not None and is_before(end, start):
        raise invalid(f"It would end before it begins ({start}).", field, end, "EVENTS_END_AFTER_THEY_BEGIN")


def check_follows(dialogue: PartialDate | None, session: StoredNode) -> None:
    """A dialogue comes after the session of a working group, whose report is adopted as it ends."""
    kind = session.properties["kind"]
    if kind != EventKind.WORKING_GROUP_SESSION.name:
        raise not_allowed(
            "DIALOGUES_FOLLOW_SESSIONS",
            f"{session.ref.key} is no session of a working group.",
            "follows",
            session.ref.key,
        )
    over = date_of(session, "end") or date_of(session, "start")
    if dialogue is not None and over is not None and is_before(dialogue, over):
        raise not_allowed(
            "DIALOGUES_FOLLOW_SESSIONS",
            f"{session.ref.key} lasts until {over}; a dialogue comes after it and its report.",
            "start",
            dialogue,
        )


class CreateEvent(Command):
    """Create an event. A constructive dialogue names the working-group sessions that it follows."""

    name: str = argument("Its name.")
    kind: EventKind = argument("What kind of event it is.")
    start: PartialDate | None = argument("When it begins, as precisely as known.", default=None)
    end: PartialDate | None = argument("When it ends, as precisely as known.", default=None)
    mode: EventMode | None = argument("How people take part.", default=None)
    city: str | None = argument("The city that it is held in.", default=None)
    country: str | None = argument("The key of the country that it is held in.", default=None)
    topics: list[str] = argument("Its topics, as the source words them.")
    themes: list[str] = argument("The keys of the thematic areas that it deals with.")
    follows: list[str] = argument("The keys of the working-group sessions that a dialogue follows.")
    part_of: list[str] = argument("The keys of the events that it is a part of.")
    working_groups: list[str] = argument("The keys of the working groups of the Conference concerned.")
    networks: list[str] = argument("The keys of the networks that convene it.")
    key: str | None = argument(
        "The key that it gets; made of kind, year and name unless given.", default=None
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store it with its relations; a dialogue may not begin before the sessions that it follows end."""
        check_order(self.start, self.end)
        year = str(self.start.year) if self.start else ""
        key = await new_key(
            draft, Event, self.key, self.kind.name.replace("_", "-"), year, slug(self.name, 40)
        )
        made = draft.create(
            Event,
            key,
            name=self.name,
            kind=self.kind,
            start=self.start,
            end=self.end,
            mode=self.mode,
            city=self.city,
            topics=self.topics,
        )
        await self._sessions(draft, made)
        if self.country is not None:
            draft.relate(HeldIn, made, (await draft.node(Country, self.country, "country")).ref)
        for whole in self.part_of:
            draft.relate(PartOf, made, (await draft.node(Event, whole, "partOf")).ref)
        for group in self.working_groups:
            found = await draft.node(ConferenceWorkingGroup, group, "workingGroups")
            draft.relate(ConcernsGroup, made, found.ref)
        for theme in self.themes:
            draft.relate(DealsWith, made, (await draft.node(ThematicArea, theme, "themes")).ref)
        for network in self.networks:
            draft.relate(ConvenedBy, made, (await draft.node(Network, network, "networks")).ref)
        return made

    async def _sessions(self, draft: Draft, made: NodeRef) -> None:
        is_dialogue = self.kind is EventKind.CONSTRUCTIVE_DIALOGUE
        if self.follows and not is_dialogue:
            raise not_allowed(
                "DIALOGUES_FOLLOW_SESSIONS", "Only a constructive dialogue follows sessions.", "follows"
            )
        if is_dialogue and not self.follows:
            draft.notices.append("The dialogue names no working-group session that it follows.")
        for each in self.follows:
            session = await draft.node(Event, each, "follows")
            check_follows(self.start, session)
            draft.relate(Follows, made, session.ref)
