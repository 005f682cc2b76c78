"""Whether the network met in each quarter of the last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph_api.findings.declare import Finding, Severity
from graph_api.ontology import PartialDate
from schema.health.facts import NetworkFacts
from schema.health.saying import said

QUARTERS = 4
"""The quarters that are looked at: a yearly plan has four ordinary meetings."""
MEETING_KINDS = ("NETWORK_MEETING",)
PLANNED_KIND = "ORDINARY_MEETING"
MEETS = ("REGIONAL_NETWORK",)
"""The kinds of networks whose terms have ordinary meetings every quarter."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.after().first_day - timedelta(days=1)

    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + 1, 1) if self.number == QUARTERS else Quarter(self.year, self.number + 1)

    def before(self) -> Quarter:
        """The one before."""
        return Quarter(self.year - 1, QUARTERS) if self.number == 1 else Quarter(self.year, self.number - 1)

    def certainly_has(self, when: PartialDate) -> bool:
        """Whether a date lies in it whatever day it means."""
        return self.first_day <= when.first_day and when.last_day <= self.last_day

    def may_have(self, when: PartialDate) -> bool:
        """Whether some day that a date can mean lies in it."""
        return when.first_day <= self.last_day and self.first_day <= when.last_day

    def __str__(self) -> str:
        return f"quarter {self.number} of {self.year}"


def quarters_before(day: date) -> list[Quarter]:
    """The quarters that ended before a day, the latest ones, in their order."""
    found = Quarter(day.year, (day.month + 2) // 3)
    ended = []
    for _ in range(QUARTERS):
        found = found.before()
        ended.append(found)
    return ended[::-1]


def quarterly_meetings(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """A note for each meeting held, and what needs attention for each quarter without one."""
    if facts.kind not in MEETS:
        return
    first = min((each.spell.since.first_day for each in facts.members if each.spell.since), default=None)
    for quarter in quarters_before(day):
        # Nobody met before there were members.
        if first is None or quarter.last_day >= first:
            yield _of_quarter(facts, quarter)


def _of_quarter(facts: NetworkFacts, quarter: Quarter) -> Finding:
    events = [each for each in facts.meetings if each.kind in MEETING_KINDS and each.start is not None]
    for event in events:
        if event.start is not None and quarter.certainly_has(event.start):
            text = f"The ordinary meeting of {quarter} was held ({event.start})."
            return said("QUARTERLY_MEETINGS", Severity.NOTE, text, [("Event", event.key)], event.sources)
    items = [each for each in facts.items if each.kind == PLANNED_KIND]
    for item in items:
        if item.completed is not None and quarter.certainly_has(item.completed):
            text = f"The ordinary meeting of {quarter} was held ({item.completed}), says the plan."
            return said("QUARTERLY_MEETINGS", Severity.NOTE, text, [("Activity", item.key)], item.sources)
    unsure = [each for each in events if each.start is not None and quarter.may_have(each.start)]
    if unsure:
        text = f"The ordinary meeting of {quarter} may have been held: the date is not known to the day."
        evidence = [("Event", each.key) for each in unsure]
        return said("QUARTERLY_MEETINGS", Severity.NOTE, text, evidence, unsure[0].sources)
    planned = [each for each in items if each.due is not None and quarter.certainly_has(each.due)]
    plan = f"; its plan says {planned[0].status}" if planned else ""
    text = f"No ordinary meeting is known for {quarter}{plan}."
    evidence = [("Activity", each.key) for each in planned] or [("Network", facts.key)]
    sources = [key for each in planned for key in each.sources]
    return said("QUARTERLY_MEETINGS", Severity.ATTENTION, text, evidence, sources)
