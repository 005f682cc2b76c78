"""The edges of the toy ontology: at least one of every form that an edge can have."""

from __future__ import annotations

from datetime import date
from enum import Enum

from graph_api.ontology import Edge, Hierarchy, many, one, prop
from tests.toy.kinds import Award, City, Contributor, Film, Land, Person, Place, Studio


class Billing(Enum):
    """How a role is billed."""

    LEAD = "Above the title."
    SUPPORT = "Below the title."
    CAMEO = "Not at all."


class LocatedIn(
    Hierarchy[Place, Land],
    up=many("lands", "The lands that directly contain it."),
    down=many("places", "The places that it directly contains."),
):
    """A place lies in a wider land."""


class ActedIn(
    Edge[Person, Film],
    forward=many("roles", "The roles played."),
    backward=many("cast", "Who played in it."),
    dated=False,
):
    """A role; one person can play several in one film."""

    billing: Billing = prop("How it is billed.")
    character: str | None = prop("Who is played.", default=None)
    scenes: int | None = prop("In how many scenes.", default=None)
    fee: float | None = prop("What was paid.", default=None)
    credited: bool | None = prop("Whether the credits say so.", default=None)
    signed: date | None = prop("The day of the contract.", default=None)


class WorkedFor(
    Edge[Person, Studio],
    forward=many("employments", "The spells of work for studios."),
    backward=many("staff", "The spells of work of its people."),
):
    """One spell of work; coming back makes a second one."""

    duties: list[str] = prop("What there was to do.")


class MadeBy(
    Edge[Film, Contributor],
    forward=many("makers", "Who made it."),
    backward=many("works", "What was made."),
    dated=False,
):
    """A film was made by a person or a studio."""

    share: float | None = prop("The share in the costs.", default=None)


class Won(
    Edge[Contributor, Award],
    forward=many("awards", "The awards held, for as long as they are held."),
    backward=many("winners", "Who holds it or has held it."),
):
    """An award is won, and may be taken back."""


class ShownIn(
    Edge[Film, Place],
    forward=many("settings", "Where it plays."),
    backward=many("films", "The films that play there."),
    dated=False,
):
    """A film plays in a place."""


class BornIn(
    Edge[Person, City],
    forward=one("birthplace", "The city of birth."),
    backward=many("natives", "Who was born there."),
    dated=False,
):
    """A person was born in a city."""


class SeatedIn(
    Edge[Studio, City],
    forward=one("seat", "The city of its seat, while it is there."),
    backward=many("studios", "The studios seated there."),
):
    """A studio has its seat in a city for a time."""


class HandedOutIn(
    Edge[Award, City],
    forward=one("city", "Where it is handed out.", required=True),
    backward=None,
    dated=False,
):
    """An award is handed out in a city."""


class RemakeOf(
    Edge[Film, Film],
    forward=one("original", "The film that it tells again."),
    backward=many("remakes", "The films that tell it again."),
    dated=False,
):
    """A film tells another one again."""
