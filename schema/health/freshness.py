"""Plans that are late, and facts that nobody has looked at for a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from graph_api.findings.declare import Finding, Severity
from graph_api.ontology import PartialDate
from schema.health.facts import Item, NetworkFacts, Spell
from schema.health.saying import listed, said
from schema.vocabulary import ActivityStatus

OPEN = (ActivityStatus.PLANNED.name, ActivityStatus.UNDER_WAY.name)
VERY_LATE = timedelta(days=90)
"""A whole quarter: the next ordinary meeting has passed as well."""
OLD = timedelta(days=365)
"""Offices are for a year and plans are yearly: what was read longer ago may have changed once in full."""


def overdue_items(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Items of plans that are certainly past their date and not completed."""
    for item in facts.items:
        if item.due is None or item.due.last_day >= day or not _is_open(item, day):
            continue
        late = day - item.due.last_day
        severity = Severity.URGENT if late > VERY_LATE else Severity.ATTENTION
        text = f"{item.key} was due in {item.due} and is not completed, {late.days} days late."
        yield said("OVERDUE_ITEMS", severity, text, [("Activity", item.key)], item.sources)


def _is_open(item: Item, day: date) -> bool:
    """Whether an item was not completed on a day; what was given up is not late."""
    if item.status == ActivityStatus.COMPLETED.name:
        return item.completed is not None and item.completed.first_day > day
    return item.status in OPEN


def old_facts(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Memberships, mandates and counts whose newest reading is certainly more than a year old."""
    memberships = [each.spell for each in facts.members if each.spell.holds_on(day)]
    mandates = [each.spell for each in facts.mandates if each.spell.holds_on(day)]
    for what, spells in (("memberships", memberships), ("mandates", mandates)):
        yield from _unread(what, [each for each in spells if _is_old(each.read, day)])
    for claim in facts.counts:
        if _is_old(claim.as_of, day):
            text = f"The number of members, {claim.value}, is stated for {claim.as_of}."
            evidence = [("MemberCountClaim", claim.key)]
            yield said("OLD_FACTS", Severity.NOTE, text, evidence, claim.sources)


def _unread(what: str, spells: Sequence[Spell]) -> Iterator[Finding]:
    if spells:
        keys = [each.organization for each in spells]
        text = f"The sources of {len(spells)} {what} were read more than a year ago: {listed(keys)}."
        sources = [key for each in spells for key in each.sources]
        evidence = [("Organization", key) for key in keys]
        yield said("OLD_FACTS", Severity.ATTENTION, text, evidence, sources)


def _is_old(when: PartialDate | None, day: date) -> bool:
    """What has no date is not known to be old."""
    return when is not None and when.last_day < day - OLD
