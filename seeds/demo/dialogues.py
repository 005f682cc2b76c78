"""Participations in the real dialogues and trainings, and applications to the dialogues. All made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

from seeds.demo.organizations import AFRICA, AMERICAS, ORGANIZATIONS, Demo, members
from seeds.demo.rows import DemoRow, row
from seeds.files import event_starts

_UNTOC = (
    "UNTOC",
    "DATA_COLLECTION",
    "NATIONAL_STRATEGIES",
    "INTERNATIONAL_COOPERATION",
    "GENDER_HUMAN_RIGHTS",
)
_DIALOGUES = {
    "CD-2022-FIREARMS": ("FIREARMS",),
    "CD-2022-IC-TA": _UNTOC,
    "CD-2022-SOM": ("SOM",),
    "CD-2022-TIP": ("TIP",),
    "CD-2023-FIREARMS": ("FIREARMS",),
    "CD-2023-TA": _UNTOC,
    "CD-2023-TIP": ("TIP",),
    "CD-2023-SOM": ("SOM",),
    "CD-2024-FIREARMS": ("FIREARMS",),
    "CD-2024-TA-IC": (*_UNTOC, "ENVIRONMENT", "ORGANIZED_FRAUD"),
    "CD-2024-TIP": ("TIP",),
    "CD-2024-SOM": ("SOM",),
}
_COMING = {"CD-2025-TIP": ("TIP",), "CD-2025-SOM": ("SOM",)}
"""Dialogues whose applications stand at every step: the last that the reference data know."""

_ROLES = ("PARTICIPANT", "SPEAKER", "PARTICIPANT", "PANELLIST", "PARTICIPANT")
_STATUSES = ("ATTENDED", "ATTENDED", "REGISTERED", "ATTENDED", "APPROVED", "ATTENDED")
_MODES = ("ONLINE", "IN_PERSON", "")
_STEPS = ("SUBMITTED", "PROPOSED", "WITH_EXTENDED_BUREAU", "DRAFT", "APPROVED", "DECLINED", "WITHDRAWN")
_WITHOUT_SUCCESS = ("DECLINED", "WITHDRAWN")
_DECIDED = {"APPROVED", "DECLINED"}
_NOTICE = timedelta(days=42)
_DECISION = timedelta(days=14)


def participations() -> Iterator[DemoRow]:
    """Who took part in which dialogue, and in the events that the networks grew from."""
    for turn, code in enumerate(_DIALOGUES):
        for place, found in enumerate(_present(turn, code)):
            yield row(
                source=found.key,
                target=code,
                role=_ROLES[(place + turn) % len(_ROLES)],
                status=_STATUSES[(place + 2 * turn) % len(_STATUSES)],
                mode=_MODES[(place + turn) % len(_MODES)],
            )
    yield from _gathering(
        "SE4U-2022-PANAMA", [found for found in members(AMERICAS) if "2022-04" in found.spells]
    )
    yield from _gathering(
        "SE4U-2023-KENYA", [found for found in members(AFRICA) if "2023-07" in found.spells]
    )
    yield from _gathering("NET4U-2023-JOINT", [*members(AMERICAS)[:20:2], *members(AFRICA)[:26:2]])


def _gathering(code: str, present: list[Demo]) -> Iterator[DemoRow]:
    for found in present:
        yield row(source=found.key, target=code, role="PARTICIPANT", status="ATTENDED")


def applications() -> Iterator[DemoRow]:
    """Those who took part had applied; some others were declined or withdrew. The last are under way."""
    for turn, code in enumerate(_DIALOGUES):
        present = _present(turn, code)
        others = [found for found in _suited(code, _DIALOGUES[code]) if found not in present]
        for found in present:
            yield _application(code, found, "APPROVED")
        for found, status in zip(others[:3], cycle(_WITHOUT_SUCCESS), strict=False):
            yield _application(code, found, status)
    for code, themes in _COMING.items():
        for found, status in zip(_suited(code, themes), islice(cycle(_STEPS), 10), strict=False):
            yield _application(code, found, status)


def _present(turn: int, code: str) -> list[Demo]:
    """Two of three that work on the dialogue's subject, others each time."""
    suited = _suited(code, _DIALOGUES[code])
    return [found for place, found in enumerate(suited) if (place + turn) % 3 != 2]


def _suited(code: str, themes: tuple[str, ...]) -> list[Demo]:
    """Those that work on one of the themes, or on a topic below one, and existed by then."""
    year = event_starts()[code][:4]
    return [
        found
        for found in ORGANIZATIONS
        if found.founded[:4] < year and any(theme.startswith(themes) for theme in found.themes.split())
    ]


def _application(code: str, found: Demo, status: str) -> DemoRow:
    start = event_starts()[code]
    exact = date.fromisoformat(start) if len(start) == len("2024-04-05") else None
    # Of a dialogue known to the month, only the year of the steps before it is made up.
    submitted = str(exact - _NOTICE) if exact else start[:4]
    decided = str(exact - _DECISION) if exact else start[:4]
    return row(
        key=f"DEMO-APPLICATION-{code}-{found.word}",
        name=f"Demo application of {found.name} to {code}",
        status=status,
        submitted="" if status == "DRAFT" else submitted,
        decided=decided if status in _DECIDED else "",
        travel_support="true" if found.traits else "",
        organization=found.key,
        event=code,
    )
