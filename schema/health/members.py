"""Members that nothing has been heard of, and a list that was not read to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from graph_api.findings.declare import Finding, Severity
from schema.health.facts import Member, NetworkFacts
from schema.health.saying import listed, said

SILENT = timedelta(days=365)
"""Four ordinary meetings, and at least one dialogue or training in most years: a year is a full round."""


def inactive_members(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Members for a year or more without a seat, an office or an event within it."""
    busy = {each.spell.organization for each in facts.mandates if each.spell.holds_on(day)}
    busy |= {seat.organization for body in facts.bodies for seat in body.seats if seat.holds_on(day)}
    silent = [
        each
        for each in facts.members_on(day)
        if each.spell.organization not in busy and _is_old(each, day) and not _took_part(each, day)
    ]
    if silent:
        keys = [each.spell.organization for each in silent]
        text = f"{len(silent)} members have no seat, office or event within a year: {listed(keys)}."
        sources = [key for each in silent for key in each.spell.sources]
        evidence = [("Organization", key) for key in keys]
        yield said("INACTIVE_MEMBERS", Severity.ATTENTION, text, evidence, sources)


def members_read(facts: NetworkFacts, _day: date) -> Iterator[Finding]:
    """That not all members were looked at, where there are too many."""
    if not facts.complete:
        text = f"Only the first {len(facts.members)} spells of membership were looked at."
        yield said("INCOMPLETE", Severity.NOTE, text, [("Network", facts.key)])


def _is_old(member: Member, day: date) -> bool:
    since = member.spell.since
    return since is not None and since.last_day <= day - SILENT


def _took_part(member: Member, day: date) -> bool:
    return any(each.first_day <= day and each.last_day >= day - SILENT for each in member.took_part)
