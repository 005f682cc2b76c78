"""The kinds of the toy ontology: films and who and what is around them."""

from __future__ import annotations

from datetime import date
from enum import Enum

from graph_api.ontology import Node, PartialDate, derived, prop


class Language(Enum):
    """The languages that names are known in."""

    EN = "English"
    FR = "French"
    DE = "German"


class Genre(Enum):
    """The genres of films."""

    DRAMA = "Serious."
    COMEDY = "Funny."
    DOCUMENTARY = "True."


class Standing(Enum):
    """How much an award counts."""

    MAJOR = "Everybody knows it."
    MINOR = "Few know it."


def decade(released: str | None) -> int | None:
    """The first year of the decade of a partial date."""
    return int(released[:4]) // 10 * 10 if released is not None else None


def label(name: str, released: str | None) -> str:
    """A film as a catalogue prints it."""
    return f"{name} ({released})" if released else name


class Thing(Node, abstract=True):
    """Anything in the world of films."""

    key: str = prop("Identifies it among its kind.", unique=True)
    name: str = prop("The name to show.", localized=True, searched=True)


class Contributor(Thing, abstract=True):
    """Whoever makes films: a person or a studio."""

    active: bool | None = prop("Whether still at work; empty when not known.", default=None)


class Place(Thing, abstract=True):
    """A city or a land."""


class Film(Thing, plural="films"):
    """A film."""

    genre: Genre | None = prop("Its genre, where one fits.", default=None)
    released: PartialDate | None = prop("When it was released, as precisely as known.", default=None)
    premiere: date | None = prop("The day of the first showing.", default=None)
    minutes: int | None = prop("How long it runs.", default=None)
    rating: float | None = prop("What critics think, from 0 to 10.", default=None)
    restored: bool | None = prop("Whether a restored print exists.", default=None)
    tagline: str | None = prop("What the poster says.", default=None)
    tags: list[str] = prop("Words that it is found by.")
    remark: str | None = prop("Anything else.", default=None, filtered=False, ordered=False)
    decade: int | None = derived("The first year of its decade.", reads=("released",), compute=decade)
    label: str = derived("The film as a catalogue prints it.", reads=("name", "released"), compute=label)


class Person(Contributor, plural="people"):
    """Somebody who works on films."""

    born: PartialDate | None = prop("When born, as precisely as known.", default=None)


class Studio(Contributor, plural="studios"):
    """A company that makes films."""

    stages: int = prop("How many stages it has.")


class City(Place, plural="cities"):
    """A city."""

    population: int | None = prop("How many live there.", default=None)


class Land(Place, plural="lands"):
    """A land; it may lie in several others."""

    area: float | None = prop("Its area in square kilometres.", default=None)


class Award(Thing, plural="awards"):
    """An award."""

    standing: Standing = prop("How much it counts.")


class Reference(Thing, plural="references"):
    """What a fact was read in."""

    pages: int | None = prop("How many pages it has.", default=None)
