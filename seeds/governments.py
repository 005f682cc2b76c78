"""Country reviews and the offices of states that civil society deals with."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.imports import Row, Table
from graph_api.imports.records import Record
from schema.edges.governments import CounterpartOf, ReviewOf, ReviewsInstrument
from schema.kinds.country_review import CountryReview
from schema.kinds.government_counterpart import GovernmentCounterpart
from schema.kinds.instrument import Instrument
from schema.vocabulary import CounterpartKind
from seeds.facts import Facts, ref, slug
from seeds.files import columns, country_names
from seeds.instruments import CONVENTION, EUROPEAN_UNION, party

_KINDS = {
    "REVIEW_FOCAL_POINT": CounterpartKind.REVIEW_FOCAL_POINT,
    "PILOT_INITIATIVE_COUNTERPART": CounterpartKind.POLICY_COUNTERPART,
}


def _party_name(row: Row, column: str) -> str:
    """The name that the United Nations use; other texts shorten it or keep an older one."""
    code = row[column]
    if code == EUROPEAN_UNION:
        return "European Union"
    if code not in country_names():
        raise row.broken(column, "no country of the table countries.csv has this code")
    return country_names()[code]


def review_group(row: Row) -> Iterator[Record]:
    """The review of a party, with the group that it is in."""
    facts = Facts(row)
    yield from facts.sources
    review = facts.node(
        CountryReview,
        f"REVIEW-{row['iso3']}",
        name=f"Review of {_party_name(row, 'iso3')}",
        group=row["review_group"],
        verification=row["verification"],
        note=row["note"],
    )
    yield review
    yield facts.edge(ReviewOf, review.ref, party(row["iso3"]))
    yield facts.edge(ReviewsInstrument, review.ref, ref(Instrument, CONVENTION))


def nominated_focal_point(row: Row) -> Iterator[Record]:
    """A focal point for a review, of which only the nomination is known: neither office nor person."""
    facts = Facts(row)
    yield from facts.sources
    office = facts.node(
        GovernmentCounterpart,
        f"RFP-{row['iso3']}",
        name=f"Review focal point of {_party_name(row, 'iso3')}",
        kind=CounterpartKind.REVIEW_FOCAL_POINT,
        verification=row["verification"],
        note=f"{row['fact']}; {row['as_at']}",
    )
    yield office
    yield facts.edge(CounterpartOf, office.ref, party(row["iso3"]))


def counterpart_seen(row: Row) -> Iterator[Record]:
    """An office that a public text names. Whether it is a nominated focal point is for a person to judge."""
    if row["counterpart_kind"] not in _KINDS:
        raise row.broken("counterpart_kind", f"expected one of {', '.join(_KINDS)}")
    facts = Facts(row)
    yield from facts.sources
    office = facts.node(
        GovernmentCounterpart,
        f"OFFICE-{row['country_iso3']}-{slug(row['office_as_written'], 60).upper()}",
        name=f"{row['office_as_written']}, {_party_name(row, 'country_iso3')}",
        kind=_KINDS[row["counterpart_kind"]],
        office=row["office_as_written"],
        verification=row["verification"],
        note="; ".join(part for part in (f"seen: {row['context']}", row["note"]) if part),
    )
    yield office
    yield facts.edge(CounterpartOf, office.ref, party(row["country_iso3"]))


REVIEW_GROUPS = Table(review_group, ("participant", "iso3", "review_group", "verification", "source", "note"))
NOMINATED_FOCAL_POINTS = Table(
    nominated_focal_point, ("participant", "iso3", "fact", "as_at", "verification", "source")
)
COUNTERPARTS_SEEN = Table(
    counterpart_seen,
    columns("country_iso3 counterpart_kind office_as_written context verification source note"),
)
