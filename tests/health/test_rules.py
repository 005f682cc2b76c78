"""The rules over facts written by hand: each finding with its severity, and each silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.findings.declare import Finding, Severity, sorted_findings
from graph_api.ontology import PartialDate
from schema.health import NAMES, RULES
from schema.health.bodies import committee_composition, silent_working_groups
from schema.health.facts import Body, CountClaim, Item, Mandate, Meeting, Member, NetworkFacts, Spell
from schema.health.freshness import old_facts, overdue_items
from schema.health.meetings import Quarter, quarterly_meetings, quarters_before
from schema.health.members import inactive_members, members_read
from schema.health.offices import mandates, vacant_offices

DAY = date(2024, 5, 15)
EMPTY = NetworkFacts("NET", "REGIONAL_NETWORK")


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


def spell(who: str, since: str | None = "2020", until: str | None = None, read: str | None = None) -> Spell:
    dates = [None if each is None else on(each) for each in (since, until, read)]
    return Spell(who, dates[0], dates[1], ("S",), dates[2])


def member(who: str, since: str = "2020", **more: object) -> Member:
    return Member(spell(who, since), "NGO", **more)  # type: ignore[arg-type]  # of the dataclass


def said(
    rule: Callable[[NetworkFacts, date], Iterator[Finding]], facts: NetworkFacts, day: date = DAY
) -> list[tuple[str, str]]:
    return [(found.severity.name, found.message) for found in rule(facts, day)]


def test_the_quarters_of_the_last_year() -> None:
    assert [str(each) for each in quarters_before(DAY)] == [
        "quarter 2 of 2023", "quarter 3 of 2023", "quarter 4 of 2023", "quarter 1 of 2024"
    ]  # fmt: skip
    assert (Quarter(2024, 1).first_day, Quarter(2024, 1).last_day) == (date(2024, 1, 1), date(2024, 3, 31))


def test_meetings_are_held_missed_or_not_known_precisely_enough() -> None:
    facts = replace(
        EMPTY,
        members=(member("a"),),
        meetings=(Meeting("m1", "NETWORK_MEETING", on("2023-06")), Meeting("m2", "TRAINING", on("2023-08"))),
        items=(
            Item("i3", "ORDINARY_MEETING", "CANCELLED", on("2023-09"), None, ("plan",)),
            Item("i4", "ORDINARY_MEETING", "COMPLETED", on("2023-12"), on("2023-12-05")),
        ),
    )

    assert said(quarterly_meetings, facts) == [
        ("NOTE", "The ordinary meeting of quarter 2 of 2023 was held (2023-06)."),
        ("ATTENTION", "No ordinary meeting is known for quarter 3 of 2023; its plan says CANCELLED."),
        ("NOTE", "The ordinary meeting of quarter 4 of 2023 was held (2023-12-05), says the plan."),
        ("ATTENTION", "No ordinary meeting is known for quarter 1 of 2024."),
    ]
    vague = replace(EMPTY, members=(member("a"),), meetings=(Meeting("m", "NETWORK_MEETING", on("2023")),))
    assert [severity for severity, _ in said(quarterly_meetings, vague)] == ["NOTE"] * 3 + ["ATTENTION"]


def test_nobody_meets_before_there_are_members_or_where_no_term_says_so() -> None:
    young = replace(EMPTY, members=(member("a", "2024-02"),))

    assert len(said(quarterly_meetings, young)) == 1
    assert said(quarterly_meetings, replace(EMPTY, kind="ONLINE_PLATFORM", members=(member("a"),))) == []


def test_the_coordinator_is_needed_and_the_others_are_optional() -> None:
    held = replace(EMPTY, mandates=(Mandate("COORDINATOR", spell("a", "2023-06")),))
    ended = replace(EMPTY, mandates=(Mandate("COORDINATOR", spell("a", "2022", "2023")),))

    assert [severity for severity, _ in said(vacant_offices, EMPTY)] == ["URGENT", "NOTE", "NOTE"]
    assert [severity for severity, _ in said(vacant_offices, held)] == ["NOTE", "NOTE"]
    assert said(vacant_offices, ended) == said(vacant_offices, EMPTY)
    assert said(vacant_offices, replace(EMPTY, kind="UMBRELLA_NETWORK")) == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2024-01", "2024-12", []),
        ("2023-06", "2024-06", [("ENDING_MANDATES", "ATTENTION")]),
        ("2023-04", None, [("LONG_MANDATES", "NOTE")]),
        ("2023", None, []),
        ("2022", None, [("LONG_MANDATES", "NOTE")]),
        ("2021", "2025", [("LONG_MANDATES", "ATTENTION")]),
        (None, None, []),
        ("2020", "2023", []),
        ("2025", None, []),
    ],
)
def test_mandates_end_or_go_on_for_long(
    since: str | None, until: str | None, found: list[tuple[str, str]]
) -> None:
    facts = replace(EMPTY, mandates=(Mandate("COORDINATOR", spell("a", since, until)),))

    assert [(each.rule, each.severity.name) for each in mandates(facts, DAY)] == found


def test_groups_of_members_without_a_seat_are_said_and_gender_stays_unknown() -> None:
    north = [member(f"n{index}", regions=frozenset({"N"})) for index in range(4)]
    south = [member(f"s{index}", regions=frozenset({"S"}), themes=frozenset({"T"})) for index in range(3)]
    committee = Body("C", "STEERING_COMMITTEE", (spell("n0"), spell("n1")))
    facts = replace(EMPTY, members=(*north, *south), bodies=(committee,))

    assert said(committee_composition, facts) == [
        ("ATTENTION", "3 of 7 members are of the region S; none sits on the committee."),
        ("ATTENTION", "3 of 7 members are of the theme T; none sits on the committee."),
        ("NOTE", "Gender balance of the Steering Committee is unknown: the graph holds no such data."),
    ]
    [region, *_] = committee_composition(facts, DAY)
    assert {ref.key for ref in region.evidence} == {"C", "s0", "s1", "s2"}
    assert region.sources == ("S",)
    small = replace(facts, members=(*north, *south[:2]))
    assert [severity for severity, _ in said(committee_composition, small)] == ["NOTE"]


def test_a_committee_without_members_is_urgent_and_none_deserves_attention() -> None:
    gone = Body("C", "STEERING_COMMITTEE", (spell("a", "2020", "2021"), spell("stranger")))

    assert said(committee_composition, replace(EMPTY, members=(member("a"),), bodies=(gone,))) == [
        ("URGENT", "No member is known to sit on the Steering Committee.")
    ]
    assert said(committee_composition, EMPTY) == [("ATTENTION", "No Steering Committee is known.")]


@pytest.mark.parametrize(
    ("item", "silent"),
    [
        (("COMPLETED", "2023", "2023-06"), False),
        (("COMPLETED", "2022", "2022-06"), True),
        (("COMPLETED", "2024", "2024-09"), True),
        (("UNDER_WAY", "2022", None), False),
        (("PLANNED", "2024-08", None), False),
        (("PLANNED", "2024-03", None), True),
        (("CANCELLED", "2024-08", None), True),
    ],
)
def test_working_groups_are_silent(item: tuple[str, str, str | None], silent: bool) -> None:
    status, due, completed = item
    found = Item("i", "WORKING_GROUP_TASK", status, on(due), on(completed) if completed else None)
    facts = replace(EMPTY, bodies=(Body("W", "WORKING_GROUP", (), (found,)),))

    assert bool(said(silent_working_groups, facts)) is silent


def test_members_are_inactive_without_seat_office_or_event() -> None:
    facts = replace(
        EMPTY,
        members=(
            member("silent"),
            member("there", took_part=(on("2023-09"),)),
            member("once", took_part=(on("2021"),)),
            member("new", "2024-02"),
            member("seated"),
            member("officer"),
        ),
        bodies=(Body("W", "WORKING_GROUP", (spell("seated"),)),),
        mandates=(Mandate("COORDINATOR", spell("officer")),),
    )

    [found] = inactive_members(facts, DAY)
    assert [ref.key for ref in found.evidence] == ["silent", "once"]
    assert found.message == "2 members have no seat, office or event within a year: once, silent."


@pytest.mark.parametrize(
    ("item", "severity"),
    [
        (("PLANNED", "2024-04", None), "ATTENTION"),
        (("UNDER_WAY", "2023", None), "URGENT"),
        (("PLANNED", "2024", None), None),
        (("PLANNED", "2024-05", None), None),
        (("CANCELLED", "2023", None), None),
        (("COMPLETED", "2023", "2023-12"), None),
        (("COMPLETED", "2024-04", "2024-09"), "ATTENTION"),
    ],
)
def test_items_are_overdue_when_their_date_certainly_passed(
    item: tuple[str, str, str | None], severity: str | None
) -> None:
    status, due, completed = item
    found = Item("i", "POLICY_BRIEF", status, on(due), on(completed) if completed else None)

    assert [each for each, _ in said(overdue_items, replace(EMPTY, items=(found,)))] == (
        [severity] if severity else []
    )


def test_facts_are_old_when_they_were_read_more_than_a_year_ago() -> None:
    facts = replace(
        EMPTY,
        members=(
            Member(spell("a", read="2022"), "NGO"),
            Member(spell("b", read="2023-06"), "NGO"),
            member("unknown"),
        ),
        counts=(CountClaim("c", 26, on("2022-11")), CountClaim("d", 30, None)),
    )

    assert said(old_facts, facts) == [
        ("ATTENTION", "The sources of 1 memberships were read more than a year ago: a."),
        ("NOTE", "The number of members, 26, is stated for 2022-11."),
    ]


def test_what_was_not_read_to_its_end_says_so() -> None:
    assert [severity for severity, _ in said(members_read, replace(EMPTY, complete=False))] == ["NOTE"]
    assert said(members_read, EMPTY) == []


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_rule_takes_every_day_and_says_only_what_is_named(day: date) -> None:
    full = replace(
        EMPTY,
        members=(member("a"), member("b", took_part=(on("2022-02"),))),
        mandates=(Mandate("COORDINATOR", spell("a", "2021-05")),),
        bodies=(Body("C", "STEERING_COMMITTEE", (spell("a"),)), Body("W", "WORKING_GROUP")),
        items=(Item("i", "POLICY_BRIEF", "PLANNED", on("2021"), None),),
    )
    for facts in (full, EMPTY):
        found = [each for rule in RULES for each in rule(facts, day)]
        assert {each.rule for each in found} <= NAMES.keys()
        assert all(each.evidence for each in found)
        ranks = [list(Severity).index(each.severity) for each in sorted_findings(found)]
        assert ranks == sorted(ranks, reverse=True)
