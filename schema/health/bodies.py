"""The Steering Committee against the members, and working groups that do nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from graph_api.findings.declare import Finding, Severity
from schema.health.facts import Body, Member, NetworkFacts
from schema.health.saying import said
from schema.vocabulary import ActivityStatus, BodyKind

NOTICEABLE_SHARE = 0.2
"""A group of a fifth of the members would have a seat among five, the smallest committee seen."""
NOTICEABLE_MEMBERS = 3
"""One or two members are no group: in a small network each would be a fifth."""
QUIET = timedelta(days=365)
"""Plans are yearly: a working group without anything in a year was left out of a whole plan."""


def committee_composition(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Groups of members without a seat, by region, theme and kind; gender is not known to the graph."""
    members = {each.spell.organization: each for each in facts.members_on(day)}
    committees = [each for each in facts.bodies if each.kind == BodyKind.STEERING_COMMITTEE.name]
    if not committees:
        if facts.kind == "REGIONAL_NETWORK":
            text = "No Steering Committee is known."
            yield said("COMMITTEE_COMPOSITION", Severity.ATTENTION, text, [("Network", facts.key)])
        return
    for committee in committees:
        seated = [members[key] for key in _seats(committee, day) if key in members]
        if not seated:
            text = "No member is known to sit on the Steering Committee."
            yield _of(committee, Severity.URGENT, text)
            continue
        yield from _unseated(committee, list(members.values()), seated, "region", lambda each: each.regions)
        yield from _unseated(committee, list(members.values()), seated, "theme", lambda each: each.themes)
        yield from _unseated(committee, list(members.values()), seated, "kind", lambda each: [each.kind])
        text = "Gender balance of the Steering Committee is unknown: the graph holds no such data."
        yield _of(committee, Severity.NOTE, text)


def silent_working_groups(facts: NetworkFacts, day: date) -> Iterator[Finding]:
    """Working groups with nothing completed within a year, under way, or planned from now on."""
    for body in facts.bodies:
        if body.kind == BodyKind.WORKING_GROUP.name and not any(_alive(body, day)):
            text = f"{body.key} has nothing completed within a year, under way or planned."
            evidence = [("NetworkBody", body.key), *(("Activity", each.key) for each in body.activities)]
            yield said("SILENT_WORKING_GROUPS", Severity.ATTENTION, text, evidence, body.sources)


def _alive(body: Body, day: date) -> Iterator[bool]:
    for each in body.activities:
        if each.status == ActivityStatus.COMPLETED.name and each.completed is not None:
            yield each.completed.first_day <= day and each.completed.last_day >= day - QUIET
        elif each.status == ActivityStatus.UNDER_WAY.name:
            yield True
        elif each.status == ActivityStatus.PLANNED.name:
            yield each.due is None or each.due.last_day >= day


def _seats(body: Body, day: date) -> list[str]:
    return [each.organization for each in body.seats if each.holds_on(day)]


def _unseated(
    committee: Body,
    members: list[Member],
    seated: list[Member],
    what: str,
    groups_of: Callable[[Member], Iterable[str]],
) -> Iterator[Finding]:
    counts = Counter(group for each in members for group in groups_of(each))
    present = {group for each in seated for group in groups_of(each)}
    for group, count in sorted(counts.items()):
        if group in present or count < max(NOTICEABLE_MEMBERS, NOTICEABLE_SHARE * len(members)):
            continue
        text = f"{count} of {len(members)} members are of the {what} {group}; none sits on the committee."
        yield _of(committee, Severity.ATTENTION, text, [each for each in members if group in groups_of(each)])


def _of(committee: Body, severity: Severity, text: str, members: Iterable[Member] = ()) -> Finding:
    evidence = [
        ("NetworkBody", committee.key),
        *(("Organization", each.spell.organization) for each in members),
    ]
    sources = [*committee.sources, *(key for each in members for key in each.spell.sources)]
    return said("COMMITTEE_COMPOSITION", severity, text, evidence, sources)
