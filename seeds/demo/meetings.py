"""Yearly plans of the networks, their quarterly meetings, and what else they planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.ontology import PartialDate
from seeds.demo.bodies import body_key
from seeds.demo.organizations import AFRICA, AMERICAS, members
from seeds.demo.rows import DemoRow, row, spells

_SHORT = {AMERICAS: "AMERICAS", AFRICA: "AFRICA"}
_PLANS = ((AMERICAS, 2023), (AMERICAS, 2024), (AFRICA, 2023), (AFRICA, 2024))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A quarterly meeting. ``held`` is when it took place, empty for one that was missed."""

    network: str
    year: int
    quarter: int
    held: str
    status: str = "COMPLETED"
    mode: str = "ONLINE"

    @property
    def key(self) -> str:
        return f"DEMO-MEETING-{_SHORT[self.network]}-{self.year}-Q{self.quarter}"


_MEETINGS = (
    _Meeting(AMERICAS, 2023, 1, "2023-03-16"),
    _Meeting(AMERICAS, 2023, 2, "2023-06-22"),
    _Meeting(AMERICAS, 2023, 3, "", "CANCELLED"),
    _Meeting(AMERICAS, 2023, 4, "2023-11", mode="HYBRID"),
    _Meeting(AMERICAS, 2024, 1, "2024-03-14"),
    _Meeting(AMERICAS, 2024, 2, "", "PLANNED"),
    _Meeting(AMERICAS, 2024, 3, "2024-09"),
    _Meeting(AMERICAS, 2024, 4, "2024-12-05"),
    _Meeting(AFRICA, 2023, 3, "2023-09-28"),
    _Meeting(AFRICA, 2023, 4, "2023-12-14"),
    _Meeting(AFRICA, 2024, 1, "2024-03-21"),
    _Meeting(AFRICA, 2024, 2, "2024-06", mode="HYBRID"),
    _Meeting(AFRICA, 2024, 3, "", "PLANNED"),
    _Meeting(AFRICA, 2024, 4, "2024-11-28"),
)

# fmt: off
# Network, year, kind, title, due, status, completed, body that carries it out.
_OTHERS = (
    (AMERICAS, 2023, "STEERING_COMMITTEE_MEETING", "Demo committee meeting on the yearly plan", "2023-02",
     "COMPLETED", "2023-02-09", "STEERING_COMMITTEE"),
    (AMERICAS, 2023, "WORKING_GROUP_TASK", "Demo map of expertise on firearms", "2023-05", "COMPLETED",
     "2023-07", "TECHNICAL_EXPERTISE"),
    (AMERICAS, 2023, "POLICY_BRIEF", "Demo brief on marking guns", "2023-10", "COMPLETED", "2023-10-20",
     "TECHNICAL_EXPERTISE"),
    (AMERICAS, 2024, "CAPACITY_BUILDING", "Demo course on the review questionnaire", "2024-04", "COMPLETED",
     "2024-05-16", "ACTION"),
    (AMERICAS, 2024, "ENGAGEMENT", "Demo round of talks with focal points", "2024-08", "UNDER_WAY", "",
     "ENGAGEMENT"),
    (AFRICA, 2023, "STEERING_COMMITTEE_MEETING", "Demo first committee meeting", "2023-09", "COMPLETED",
     "2023-09-12", "STEERING_COMMITTEE"),
    (AFRICA, 2024, "WORKING_GROUP_TASK", "Demo list of speakers for dialogues", "2024-02", "COMPLETED",
     "2024-02", "STRATEGIC_COMMUNICATION"),
    (AFRICA, 2024, "CAPACITY_BUILDING", "Demo training on arms diversion", "2024-07", "CANCELLED", "",
     "TECHNICAL_EXPERTISE"),
    (AFRICA, 2024, "PUBLICATION", "Demo handbook for community groups", "2024", "UNDER_WAY", "", "ACTION"),
)
# fmt: on


def plans() -> Iterator[DemoRow]:
    """A plan for each network and year."""
    for network, year in _PLANS:
        yield row(
            key=_plan(network, year),
            name=f"Demo plan of {network} for {year}",
            year=str(year),
            network=network,
        )


def meetings() -> Iterator[DemoRow]:
    """The quarterly meetings that were held, as events; of some only the month is known."""
    for found in _MEETINGS:
        if found.held:
            yield row(
                key=found.key,
                name=f"Demo quarterly meeting of {found.network}, quarter {found.quarter} of {found.year}",
                kind="NETWORK_MEETING",
                start=found.held,
                end=found.held,
                mode=found.mode,
                networks=found.network,
            )


def activities() -> Iterator[DemoRow]:
    """The items of the plans: a meeting that was missed is an item without an event."""
    for found in _MEETINGS:
        yield row(
            key=f"DEMO-ACTIVITY-{_SHORT[found.network]}-{found.year}-Q{found.quarter}",
            name=f"Demo ordinary meeting, quarter {found.quarter} of {found.year}",
            kind="ORDINARY_MEETING",
            status=found.status,
            due=f"{found.year}-{found.quarter * 3:02d}",
            completed=found.held,
            plan=_plan(found.network, found.year),
            event=found.key if found.held else "",
        )
    for number, (network, year, kind, title, due, status, completed, body) in enumerate(_OTHERS, 1):
        yield row(
            key=f"DEMO-ACTIVITY-{_SHORT[network]}-{year}-{number:02d}",
            name=title,
            kind=kind,
            status=status,
            due=due,
            completed=completed,
            plan=_plan(network, year),
            body=body_key(network, body),
        )


def attendances() -> Iterator[DemoRow]:
    """Who came to the quarterly meetings: members at the time, two of three."""
    for turn, found in enumerate(meeting for meeting in _MEETINGS if meeting.held):
        present = [member for member in members(found.network) if _is_member(member.spells, found.held)]
        for place, member in enumerate(present):
            if (place + turn) % 3:
                yield row(
                    source=member.key,
                    target=found.key,
                    role="PARTICIPANT",
                    status="ATTENDED",
                    mode="IN_PERSON" if found.mode == "HYBRID" and place % 2 else "ONLINE",
                )


def _is_member(text: str, day: str) -> bool:
    """Whether a spell surely covers the date: it began before, and ended after it if at all."""
    held = PartialDate.parse(day)
    return any(
        PartialDate.parse(since).last_day < held.first_day
        and (not until or PartialDate.parse(until).first_day > held.last_day)
        for since, until in spells(text)
    )


def _plan(network: str, year: int) -> str:
    return f"DEMO-PLAN-{_SHORT[network]}-{year}"
