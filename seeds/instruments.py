"""Instruments, the working groups of the Conference, review clusters and the status of treaties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph_api.imports import NodeRef, Row, Table
from graph_api.imports.records import Record
from schema.edges.governments import ArticleOf, Comprises, RestsOn, Supplements, TreatyStatus
from schema.edges.themes import MandatedFor
from schema.kinds.conference_working_group import ConferenceWorkingGroup
from schema.kinds.country import Country
from schema.kinds.country_review import ReviewCluster
from schema.kinds.instrument import Article, Instrument
from schema.kinds.integration_organization import IntegrationOrganization
from schema.kinds.thematic_area import ThematicArea
from seeds.facts import Facts, ref
from seeds.files import columns

CONVENTION = "UNTOC"
EUROPEAN_UNION = "EU"
_DATE_WITH_REMARK = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?: \((.*)\))?", re.ASCII)
_ARTICLES = re.compile(r"([A-Z]+) (\d+(?:,\d+)*)", re.ASCII)


def party(code: str) -> NodeRef:
    """A party by the code in the tables: an ISO 3166-1 alpha-3 code, or EU."""
    return ref(IntegrationOrganization if code == EUROPEAN_UNION else Country, code)


def date_and_remark(row: Row, column: str) -> tuple[str, str]:
    """A date that a cell begins with, and the remark in parentheses after it."""
    match = _DATE_WITH_REMARK.fullmatch(row[column])
    if match is None:
        raise row.broken(column, "expected a date, perhaps with a remark in parentheses")
    return match[1], match[2] or ""


def instrument(row: Row) -> Iterator[Record]:
    """The Convention, a Protocol or a resolution."""
    facts = Facts(row)
    yield from facts.sources
    adopted, remark = date_and_remark(row, "adopted")
    found = facts.node(
        Instrument,
        row["code"],
        name=row["title"],
        kind=row["kind"],
        adopted=adopted,
        entry_into_force=row["entry_into_force"],
        signatories=row["signatories"],
        parties=row["parties"],
        as_at=row["as_at"],
        mtdsg_number=row["mtdsg_no"],
        treaty_series=row["unts"],
        verification=row["verification"],
        note=f"Adopted: {remark}" if remark else None,
    )
    yield found
    if row["kind"] == "PROTOCOL":
        yield facts.edge(Supplements, found.ref, ref(Instrument, CONVENTION))


def working_group(row: Row) -> Iterator[Record]:
    """A working group of the Conference of the Parties."""
    facts = Facts(row)
    yield from facts.sources
    group = facts.node(
        ConferenceWorkingGroup,
        row["code"],
        name=row["name"],
        basis=row["basis"],
        verification=row["verification"],
        note=row["note"],
    )
    yield group
    yield facts.edge(RestsOn, group.ref, ref(Instrument, row["instrument"]))


def working_group_theme(row: Row) -> Iterator[Record]:
    """What a working group of the Conference is mandated for."""
    facts = Facts(row)
    yield from facts.sources
    yield facts.edge(MandatedFor, ref(ConferenceWorkingGroup, row["group"]), ref(ThematicArea, row["theme"]))


def review_cluster(row: Row) -> Iterator[Record]:
    """A cluster of articles that are reviewed together."""
    facts = Facts(row)
    yield from facts.sources
    cluster = facts.node(
        ReviewCluster,
        row["code"],
        name=row["label"],
        order_note=row["order_note"],
        verification=row["verification"],
    )
    yield cluster
    for part in filter(None, row["articles"].split("; ")):
        match = _ARTICLES.fullmatch(part)
        if match is None:
            raise row.broken("articles", "expected an instrument and article numbers, as in TIP 3,5")
        for number in match[2].split(","):
            yield from _article(facts, cluster.ref, match[1], number)


def _article(facts: Facts, cluster: NodeRef, code: str, number: str) -> Iterator[Record]:
    name = f"{code}, article {number}"
    article = facts.node(Article, f"{code}-ART-{number}", name=name, number=number)
    yield article
    yield facts.edge(ArticleOf, article.ref, ref(Instrument, code))
    yield facts.edge(Comprises, cluster, article.ref)


def treaty_status(row: Row) -> Iterator[Record]:
    """Where a party stood towards a treaty in 2014. The file names the organization EU beside countries."""
    facts = Facts(row)
    yield from facts.sources
    if row["iso3"] == EUROPEAN_UNION:
        yield facts.mention(IntegrationOrganization, EUROPEAN_UNION, name=row["participant"])
    as_at, remark = date_and_remark(row, "as_at")
    yield facts.edge(
        TreatyStatus,
        party(row["iso3"]),
        ref(Instrument, row["instrument"]),
        status=row["status"],
        signed=row["signature_date"],
        consented=row["consent_date"],
        consent_kind=row["consent_kind"].upper(),
        as_at=as_at,
        note=remark,
    )


INSTRUMENTS = Table(
    instrument,
    columns(
        "code title kind adopted entry_into_force signatories parties as_at mtdsg_no unts verification source"
    ),
)
WORKING_GROUPS = Table(
    working_group, ("code", "name", "basis", "instrument", "verification", "source", "note")
)
WORKING_GROUP_THEMES = Table(working_group_theme, ("group", "theme", "verification", "source"))
REVIEW_CLUSTERS = Table(review_cluster, ("code", "label", "articles", "order_note", "verification", "source"))
TREATY_STATUS = Table(
    treaty_status,
    columns(
        "instrument mtdsg_no participant iso3 signature_date signature_kind consent_date "
        "consent_kind status as_at source"
    ),
)
