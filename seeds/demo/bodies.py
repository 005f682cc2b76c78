"""The national alliance, the bodies of the networks, who sits on them, and who holds an office."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.demo.organizations import AFRICA, ALLIANCE, AMERICAS, by_word
from seeds.demo.rows import DemoRow, row

_SHORT = {AMERICAS: "AMERICAS", AFRICA: "AFRICA", ALLIANCE: "MEX"}
_FIELDS = {
    "TECHNICAL_EXPERTISE": "Technical Expertise",
    "STRATEGIC_COMMUNICATION": "Strategic Communication",
    "ENGAGEMENT": "Engagement",
    "ACTION": "Action",
}
_COMMITTEE = "STEERING_COMMITTEE"
_COMMITTEES = {
    AMERICAS: "QUETZAL ISTHMUS OMBU JACARANDA ARAUCARIA",
    AFRICA: "BAOBAB KENTE MARULA HARMATTAN JASMINE IROKO",
    ALLIANCE: "QUETZAL NOPAL",
}
_GROUPS = {
    AMERICAS: {
        "TECHNICAL_EXPERTISE": "IPE CEIBA CONDOR",
        "STRATEGIC_COMMUNICATION": "PITCHLAKE BLUEMOUNTAIN",
        "ENGAGEMENT": "QUETZAL ORINOCO CAOBA",
        "ACTION": "MANGROVE JACARANDA GUARANI",
    },
    AFRICA: {
        "TECHNICAL_EXPERTISE": "NILE PROTEA TEFF COWRIE",
        "STRATEGIC_COMMUNICATION": "KILIMA FYNBOS",
        "ENGAGEMENT": "IROKO KENTE ATLAS SAHEL",
        "ACTION": "ACACIA TERANGA DELTA",
    },
}
_TOPICS = {
    AMERICAS: {"TECHNICAL_EXPERTISE": "FIREARMS UNTOC", "ACTION": "TIP ENVIRONMENT", "ENGAGEMENT": "SOM"},
    AFRICA: {"TECHNICAL_EXPERTISE": "FIREARMS EMERGING", "ACTION": "TIP_CHILDREN", "ENGAGEMENT": "UNTOC"},
}
_BEGUN = {AMERICAS: "2022-06", AFRICA: "2023-09", ALLIANCE: "2022-11"}
_FORMER_SEATS = (
    ("TAMARIND", AMERICAS, _COMMITTEE, "2022-06", "2023-03"),
    ("CALABASH", AMERICAS, "ENGAGEMENT", "2022-07", "2023-08"),
    ("CAOBA", AMERICAS, "ACTION", "2022-06", "2022-12"),
)
_OFFICES = (
    ("ISTHMUS", AMERICAS, "COORDINATOR", "2022-04", "2023-04"),
    ("QUETZAL", AMERICAS, "COORDINATOR", "2023-05", ""),
    ("OMBU", AMERICAS, "CO_COORDINATOR", "2023-05-02", ""),
    ("ARAUCARIA", AMERICAS, "ADMIN_FOCAL_POINT", "2023", ""),
    ("BAOBAB", AFRICA, "COORDINATOR", "2023-07", "2024-07"),
    ("KENTE", AFRICA, "COORDINATOR", "2024-08-01", ""),
    ("MARULA", AFRICA, "CO_COORDINATOR", "2023-09", "2024-09"),
    ("JASMINE", AFRICA, "ADMIN_FOCAL_POINT", "2023-09", ""),
    ("QUETZAL", ALLIANCE, "COORDINATOR", "2022-11", ""),
)


def networks() -> Iterator[DemoRow]:
    """A national alliance; the regional networks themselves are no demonstration."""
    yield row(
        key=ALLIANCE,
        name="Demo National Civil Society Alliance for UNTOC Implementation - Mexico",
        kind="NATIONAL_ALLIANCE",
        country="MEX",
        established_after="VPI-MEX-2022",
    )


def bodies() -> Iterator[DemoRow]:
    """A Steering Committee for each network, and working groups in the four fields."""
    for network in _COMMITTEES:
        yield row(
            key=body_key(network, _COMMITTEE),
            name=f"Demo Steering Committee of {network}",
            kind=_COMMITTEE,
            network=network,
        )
        for field in _GROUPS.get(network, {}):
            yield row(
                key=body_key(network, field),
                name=f"Demo Working Group on {_FIELDS[field]} of {network}",
                kind="WORKING_GROUP",
                field=field,
                network=network,
            )


def body_themes() -> Iterator[DemoRow]:
    """What the working groups chose to work on."""
    for network, by_field in _TOPICS.items():
        for field, themes in by_field.items():
            for theme in themes.split():
                yield row(source=body_key(network, field), target=theme, since=_BEGUN[network])


def seats() -> Iterator[DemoRow]:
    """Who sits on which body: the first named leads it. Whoever is named nowhere is an ordinary member."""
    for network, words in _COMMITTEES.items():
        yield from _seats(network, _COMMITTEE, words)
        for field, named in _GROUPS.get(network, {}).items():
            yield from _seats(network, field, named)
    for word, network, body, since, until in _FORMER_SEATS:
        yield row(
            source=by_word(word).key, target=body_key(network, body), role="MEMBER", since=since, until=until
        )


def _seats(network: str, body: str, words: str) -> Iterator[DemoRow]:
    for place, word in enumerate(words.split()):
        role = "MEMBER" if place else "CHAIR"
        yield row(
            source=by_word(word).key,
            target=body_key(network, body),
            role=role,
            since=_seat_since(network, word),
        )


def _seat_since(network: str, word: str) -> str:
    """Nobody sits on a body before it exists, or before joining the network."""
    found = by_word(word)
    joined = found.spells.split()[-1].partition("/")[0] if found.network == network else ""
    return max(_BEGUN[network], joined)


def offices() -> Iterator[DemoRow]:
    """Who holds an office: mandates that ended, and one that runs for longer than its year."""
    for word, network, office, since, until in _OFFICES:
        yield row(source=by_word(word).key, target=network, office=office, since=since, until=until)


def body_key(network: str, body: str) -> str:
    """The key of a body of a network."""
    return f"DEMO-BODY-{_SHORT[network]}-{body.replace('_', '-')}"
