"""Spells of office: which is the last, which exclude each other, and how long they have gone on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from graph_api.changes.items import NodeRef
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.ontology import PartialDate
from schema.commands.rules import one_year_after
from schema.edges.networks import HoldsOffice
from schema.vocabulary import OfficeKind

_A_DAY = timedelta(days=1)


async def mandates(
    draft: Draft, network: NodeRef, office: OfficeKind, holder: NodeRef | None = None
) -> list[StoredEdge]:
    """The spells of an office, of everybody or of one organization, the earliest first."""
    spells = await draft.edges(HoldsOffice, source=holder, target=network)
    found = [spell for spell in spells if spell.text("office") == office.name]
    return sorted(found, key=lambda spell: Days.of_edge(spell).first_begin)


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a spell may begin and end; what is not known is as wide as the calendar."""

    first_begin: date
    last_begin: date
    first_end: date
    last_end: date

    @classmethod
    def between(cls, since: PartialDate, until: PartialDate) -> Days:
        """Those of a spell with both dates."""
        return cls(since.first_day, since.last_day, until.first_day, until.last_day)

    @classmethod
    def of_edge(cls, spell: StoredEdge) -> Days:
        """Those of a stored spell: without a beginning it holds ever since, without an end for ever."""
        image = spell.properties
        return cls(
            cast(date, image.get("since_first_day", date.min)),
            cast(date, image.get("since_last_day", date.min)),
            cast(date, image.get("until_first_day", date.max)),
            cast(date, image.get("until_last_day", date.max)),
        )

    def overlap(self, other: Days) -> bool:
        """Whether two spells certainly share more than the day on which one hands over to the other."""
        return self.last_begin < other.first_end and other.last_begin < self.first_end


def held_since(spells: Sequence[StoredEdge], begin: date) -> date:
    """When a mandate that begins on a day really began, earlier spells that lead up to it counted."""
    earliest = begin
    for spell in reversed(spells):
        days = Days.of_edge(spell)
        if days.first_begin < earliest <= _next_day(days.last_end):
            earliest = days.first_begin
    return earliest


def _next_day(day: date) -> date:
    return day if day == date.max else day + _A_DAY


def is_long_running(begin: date, until: PartialDate) -> bool:
    """Whether a mandate certainly goes on beyond its year and one renewal.

    How often it may be renewed is written nowhere, so this is only ever said, and forbids nothing.
    """
    if begin == date.min:
        return False
    first = PartialDate(begin.year, begin.month, begin.day)
    return until.first_day > one_year_after(one_year_after(first, "until"), "until").last_day
