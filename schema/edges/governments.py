"""States, treaties and reviews."""

from __future__ import annotations

from datetime import date

from graph_api.ontology import Edge, PartialDate, many, one, prop
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.country_review import CountryReview, ReviewCluster
from schema.kinds.entity import Party
from schema.kinds.event import Event
from schema.kinds.government_counterpart import GovernmentCounterpart
from schema.kinds.instrument import Article, Instrument
from schema.vocabulary import ConsentKind, PartyStatus, Role


class CounterpartOf(
    Edge[GovernmentCounterpart, Party],
    forward=one("party", "The country or organization of countries that it is an office of.", required=True),
    backward=many("counterparts", "Its offices that civil society deals with."),
):
    """An office belongs to a country or to an organization of countries."""


class FocalPointFor(
    Edge[GovernmentCounterpart, CountryReview],
    forward=many("reviews", "The reviews that it is the focal point for."),
    backward=many("focalPoints", "The focal points for the review."),
    visible_to=Role.CSU,
):
    """An office is the focal point for a review."""


class TreatyStatus(
    Edge[Party, Instrument],
    forward=many("treatyStatuses", "Where it stands towards the Convention and the Protocols."),
    backward=many("partyStatuses", "Where countries and organizations of countries stand towards it."),
    dated=False,
):
    """Where a country or organization of countries stands towards a treaty, as at a date."""

    status: PartyStatus = prop("Party, or signatory only.")
    signed: date | None = prop("When it signed.", default=None)
    consented: date | None = prop("When it consented to be bound.", default=None)
    consent_kind: ConsentKind | None = prop("By which act it consented.", default=None)
    as_at: PartialDate = prop("The date of the information; it is never shown as current.")
    note: str | None = prop("A remark on the date.", default=None, filtered=False, ordered=False)


class ReviewOf(
    Edge[CountryReview, Party],
    forward=one("underReview", "The party under review.", required=True),
    backward=many("countryReviews", "The reviews of it."),
    dated=False,
):
    """A review is of a party."""


class ReviewedBy(
    Edge[CountryReview, Party],
    forward=many("reviewers", "The reviewing states: one of its own regional group, one of another."),
    backward=many("reviewsConducted", "The reviews that it conducts."),
    dated=False,
):
    """A party conducts a review."""


class ReviewsInstrument(
    Edge[CountryReview, Instrument],
    forward=many("instruments", "The instruments whose implementation is reviewed."),
    backward=many("countryReviews", "The reviews of its implementation."),
    dated=False,
):
    """A review is about an instrument."""


class ReviewsCluster(
    Edge[CountryReview, ReviewCluster],
    forward=many("clusters", "The clusters of articles that are reviewed."),
    backward=many("countryReviews", "The reviews of the cluster."),
    dated=False,
):
    """A review is about a cluster of articles."""


class ArticleOf(
    Edge[Article, Instrument],
    forward=one("instrument", "The instrument that it is an article of.", required=True),
    backward=many("articles", "Its articles that the graph knows."),
    dated=False,
):
    """An article belongs to an instrument."""


class Comprises(
    Edge[ReviewCluster, Article],
    forward=many("articles", "The articles reviewed together."),
    backward=many("clusters", "The review clusters that it is in."),
    dated=False,
):
    """A review cluster comprises an article."""


class Supplements(
    Edge[Instrument, Instrument],
    forward=one("supplements", "The convention that it supplements."),
    backward=many("protocols", "The protocols that supplement it."),
    dated=False,
):
    """A protocol supplements a convention."""


class AdoptedAt(
    Edge[Instrument, Event],
    forward=one("adoptedAt", "The event at which it was adopted."),
    backward=many("adopted", "The instruments adopted there."),
    dated=False,
):
    """An instrument was adopted at an event."""


class RestsOn(
    Edge[ConferenceWorkingGroup, Instrument],
    forward=one("instrument", "The instrument that it works on."),
    backward=many("conferenceWorkingGroups", "The working groups of the Conference that work on it."),
    dated=False,
):
    """A working group of the Conference works on an instrument."""
