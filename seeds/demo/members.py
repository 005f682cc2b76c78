"""The organizations of the demonstration as rows: themselves, their expertise, memberships and partners."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.demo.organizations import ALLIANCE, ORGANIZATIONS, by_word
from seeds.demo.rows import DemoRow, row, spells

_EVIDENCE = ("Demo publication list", "Demo training record", "Demo annual report", "")
_ALSO_MEMBERS = (("QUETZAL", ALLIANCE, "2022-10"), ("JACARANDA", ALLIANCE, "2022-10-20"))
"""An organization can be a member of its regional network and of a national alliance."""

_PARTNERS = (
    ("CEIBA", "ISTHMUS", "2022-09", ""),
    ("CEIBA", "OMBU", "2023", ""),
    ("JACARANDA", "IZOTE", "2021-03-08", ""),
    ("IPE", "BAOBAB", "2023-12-08", ""),
    ("MANGROVE", "GALAPAGO", "2019", "2023-05"),
    ("OMBU", "HARMATTAN", "2023-12", ""),
    ("BAOBAB", "NILE", "2018-02", ""),
    ("HARMATTAN", "SAHEL", "2020", ""),
    ("MARULA", "ACACIA", "", ""),
    ("COWRIE", "CONDOR", "2024-01", ""),
    ("NOPAL", "JACARANDA", "2016", ""),
    ("LINDEN", "OMBU", "2022-05", ""),
)


def organizations() -> Iterator[DemoRow]:
    """The organizations."""
    for found in ORGANIZATIONS:
        yield row(
            key=found.key,
            name=found.name,
            acronym=found.acronym,
            kind=found.kind,
            subtype=found.subtype,
            founded=found.founded,
            languages=" ; ".join(found.languages.split()),
            victim_led="true" if "victim_led" in found.traits else "",
            grassroots="true" if "grassroots" in found.traits else "",
            website=f"https://{found.word.lower()}.example.org",
            country=found.country,
        )


def expertise() -> Iterator[DemoRow]:
    """What each works on, and how well it knows it."""
    for number, found in enumerate(ORGANIZATIONS):
        for place, theme in enumerate(found.themes.split()):
            area, _, level = theme.partition(":")
            yield row(
                source=found.key,
                target=area,
                level=level,
                evidence=_EVIDENCE[(number + place) % len(_EVIDENCE)] if level == "EXPERT" else "",
                since=found.founded[:4] if level == "EXPERT" else "",
            )


def memberships() -> Iterator[DemoRow]:
    """One row for each spell of membership."""
    for found in ORGANIZATIONS:
        for since, until in spells(found.spells):
            yield row(source=found.key, target=found.network, since=since, until=until)
    for word, network, since in _ALSO_MEMBERS:
        yield row(source=by_word(word).key, target=network, since=since)


def partners() -> Iterator[DemoRow]:
    """Which organization names which as its partner."""
    for one, other, since, until in _PARTNERS:
        yield row(source=by_word(one).key, target=by_word(other).key, since=since, until=until)
