"""Offices: who holds them, which are vacant, which mandates end or go on for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from graph_api.findings.declare import Finding, Severity
from schema.health.facts import Mandate, NetworkFacts
from schema.health.saying import said
from schema.vocabulary import OfficeKind

SOON = timedelta(days=60)
"""Members choose a coordinator at an ordinary meeting, and there is one every quarter: two months are time
enough to put it on the next agenda."""
YEAR = timedelta(days=365)
LONG = 2 * YEAR
"""A mandate is for one renewable year. How often it may be renewed is written nowhere: beyond one renewal it
is said, and never refused."""
HAS_OFFICES = ("REGIONAL_NETWORK", "NATIONAL_ALLIANCE")
"""The kinds of networks whose terms name the offices; platforms and coalitions have their own."""


def vacant_offices(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """The coordinator is needed; the other two offices are optional."""
    if facts.kind not in HAS_OFFICES:
        return
    held = {each.office for each in facts.mandates if each.spell.holds_on(day)}
    for office in OfficeKind:
        if office.name in held:
            continue
        needed = office is OfficeKind.COORDINATOR
        severity = Severity.URGENT if needed else Severity.NOTE
        optional = "" if needed else " It is optional."
        text = f"Nobody is known to be {office.name}.{optional}"
        yield said("VACANT_OFFICES", severity, text, [("Network", facts.key)])


def mandates(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Mandates that end soon, and those that certainly go on beyond their year."""
    for mandate in facts.mandates:
        spell = mandate.spell
        if not spell.holds_on(day):
            continue
        if spell.until is not None and spell.until.last_day <= day + SOON:
            text = f"{_who(mandate)} ends on {spell.until}."
            yield _about(mandate, facts, "ENDING_MANDATES", Severity.ATTENTION, text)
        if spell.since is None:
            continue
        passed = day - spell.since.last_day
        if passed > LONG:
            text = f"{_who(mandate)} goes on since {spell.since}, beyond a year and one renewal."
            yield _about(mandate, facts, "LONG_MANDATES", Severity.ATTENTION, text)
        elif passed > YEAR and spell.until is None:
            text = f"{_who(mandate)} goes on since {spell.since}; no renewal is known after its year."
            yield _about(mandate, facts, "LONG_MANDATES", Severity.NOTE, text)


def _who(mandate: Mandate) -> str:
    return f"The mandate of {mandate.spell.organization} as {mandate.office}"


def _about(mandate: Mandate, facts: NetworkFacts, rule: str, severity: Severity, text: str) -> Finding:
    evidence = [("Organization", mandate.spell.organization), ("Network", facts.key)]
    return said(rule, severity, text, evidence, mandate.spell.sources)
