"""The health of a network: rules over its facts. The software checks and reminds; networks decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from graph_api.findings.declare import Finding, FindingsDeclaration
from schema.health.bodies import committee_composition, silent_working_groups
from schema.health.facts import NetworkFacts, facts_of
from schema.health.freshness import old_facts, overdue_items
from schema.health.meetings import quarterly_meetings
from schema.health.members import inactive_members, members_read
from schema.health.offices import mandates, vacant_offices
from schema.kinds.network import Network

RULES: tuple[Callable[[NetworkFacts, date], Iterator[Finding]], ...] = (
    quarterly_meetings,
    vacant_offices,
    mandates,
    committee_composition,
    silent_working_groups,
    inactive_members,
    overdue_items,
    old_facts,
    members_read,
)
NAMES = {
    "QUARTERLY_MEETINGS": "Whether the network met in each quarter of the last year.",
    "VACANT_OFFICES": "Offices that nobody is known to hold.",
    "ENDING_MANDATES": "Mandates that end within two months.",
    "LONG_MANDATES": "Mandates that go on beyond their year.",
    "COMMITTEE_COMPOSITION": "The Steering Committee against the members, by region, theme and kind.",
    "SILENT_WORKING_GROUPS": "Working groups without activity within a year.",
    "INACTIVE_MEMBERS": "Members without a seat, an office or an event within a year.",
    "OVERDUE_ITEMS": "Items of plans that are past their date.",
    "OLD_FACTS": "Facts that were read or stated more than a year ago.",
    "INCOMPLETE": "Facts that were not all looked at.",
}


def judge(answer: Mapping[str, object], day: date) -> Iterable[Finding] | None:
    """What all rules say of a network on a day; nothing where there is no such network."""
    facts = facts_of(answer)
    return None if facts is None else [found for rule in RULES for found in rule(facts, day)]


findings = FindingsDeclaration(
    field="networkHealth",
    type_name="NetworkHealth",
    text="What deserves attention in a network, as far as the graph knows. Nothing is decided or forbidden.",
    kind=Network,
    rules=NAMES,
    document=(Path(__file__).parent / "facts.graphql").read_text(encoding="utf-8"),
    judge=judge,
)
