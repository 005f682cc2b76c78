"""Organizations that public texts name, and where they took part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.imports import NodeRef, Row, Table
from graph_api.imports.records import Record
from schema.edges.events import ParticipatedIn
from schema.edges.places import BasedIn
from schema.kinds.country import Country
from schema.kinds.event import Event
from schema.kinds.organization import Organization
from schema.vocabulary import (
    EventMode,
    OrganizationKind,
    OrganizationSubtype,
    ParticipationRole,
    ParticipationStatus,
)
from seeds.facts import Facts, ref, slug
from seeds.files import columns, country_codes, event_codes

_ACRONYM = re.compile(r"acronym (\S+)", re.ASCII)
_WRITTEN_OTHERWISE = re.compile(r'\w+ writes "([^"]+)"')

_KINDS: dict[str, tuple[OrganizationKind, OrganizationSubtype | None]] = {
    "NGO": (OrganizationKind.NGO, None),
    "NGO (youth)": (OrganizationKind.NGO, None),
    "NGO umbrella": (OrganizationKind.NGO, OrganizationSubtype.UMBRELLA),
    "NGO/other": (OrganizationKind.NGO, None),
    "PROFESSIONAL": (OrganizationKind.NGO, OrganizationSubtype.PROFESSIONAL_ASSOCIATION),
    "ACADEMIA": (OrganizationKind.ACADEMIA, None),
    "ACADEMIA/PROFESSIONAL": (OrganizationKind.ACADEMIA, OrganizationSubtype.PROFESSIONAL_ASSOCIATION),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What a role as written amounts to at an event."""

    role: ParticipationRole
    status: ParticipationStatus | None = ParticipationStatus.ATTENDED
    mode: EventMode | None = None


_ROLES: dict[str, _Part | None] = {
    "SE4U implementing partner; co-organizer": _Part(ParticipationRole.ORGANIZER, None),
    "CSU partner; participant": _Part(ParticipationRole.PARTICIPANT),
    "participant": _Part(ParticipationRole.PARTICIPANT),
    "participant (virtual)": _Part(ParticipationRole.PARTICIPANT, mode=EventMode.ONLINE),
    "attendee": _Part(ParticipationRole.PARTICIPANT),
    "intervention": _Part(ParticipationRole.SPEAKER),
    "speaker": _Part(ParticipationRole.SPEAKER),
    "study presenter": _Part(ParticipationRole.SPEAKER),
    "panellist": _Part(ParticipationRole.PANELLIST),
    # Passing on a call, being invited or advising others is no participation.
    "circulated the call": None,
    "invited to register on WhatsOn": None,
    "NGO guidance on the review": None,
    "CSU partner": None,
}


def organization_key(name: str) -> str:
    """The key of an organization, made of the name that it was first seen under."""
    return f"ORG-{slug(name).upper()}"


def organization_seen(row: Row) -> Iterator[Record]:
    """An organization named in public texts. Nothing says that it is a member of a network."""
    if row["stakeholder_kind_inferred"] not in _KINDS:
        raise row.broken("stakeholder_kind_inferred", f"expected one of {', '.join(_KINDS)}")
    if row["role"] not in _ROLES:
        raise row.broken("role", f"expected one of {', '.join(_ROLES)}")
    facts = Facts(row)
    yield from facts.sources
    kind, subtype = _KINDS[row["stakeholder_kind_inferred"]]
    acronym = _ACRONYM.fullmatch(row["note"])
    found = facts.node(
        Organization,
        organization_key(row["name_as_written"]),
        name=row["name_as_written"],
        acronym=acronym[1] if acronym else None,
        aliases=_WRITTEN_OTHERWISE.findall(row["note"]),
        kind=kind,
        subtype=subtype,
        verification=row["verification"],
        note=_note(row),
    )
    yield found
    country = country_codes().get(row["country_stated_in_source"])
    if country:
        yield facts.edge(BasedIn, found.ref, ref(Country, country))
    yield from _participations(row, facts, found.ref)


def _participations(row: Row, facts: Facts, organization: NodeRef) -> Iterator[Record]:
    part = _ROLES[row["role"]]
    if part is not None:
        for code in _contexts(row):
            if code in event_codes():
                yield facts.edge(
                    ParticipatedIn,
                    organization,
                    ref(Event, code),
                    role=part.role,
                    status=part.status,
                    mode=part.mode,
                    role_as_written=row["role"],
                )


def _note(row: Row) -> str:
    """All that the row says and no property or edge holds."""
    parts = [] if _ACRONYM.fullmatch(row["note"]) else [row["note"]]
    loose = [code for code in _contexts(row) if _ROLES[row["role"]] is None or code not in event_codes()]
    if loose or not _contexts(row):
        parts.append(": ".join(part for part in (row["role"], ", ".join(loose)) if part))
    country = row["country_stated_in_source"]
    if country and country not in country_codes():
        parts.append(f"country: {country}")
    parts.append(f"kind inferred: {row['stakeholder_kind_inferred']}")
    return "; ".join(part for part in parts if part)


def _contexts(row: Row) -> list[str]:
    return [code for code in row["event_or_context"].split("|") if code]


ORGANIZATIONS_SEEN = Table(
    organization_seen,
    columns(
        "name_as_written country_stated_in_source stakeholder_kind_inferred role event_or_context "
        "verification source note"
    ),
)
