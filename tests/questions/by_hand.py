"""The stored questions answered by hand: from the CSV files of the seeds, with nothing but loops.

Nothing here knows the ontology, the importer or the compiler. Dates are compared as texts: the first
day that ``2023-06`` can mean is ``2023-06-01``, the last is no later than ``2023-06-31``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
Json: TypeAlias = dict[str, object]
Answer: TypeAlias = Callable[..., Json]

SEEDS = Path(__file__).parents[2] / "seeds"
NO_COUNTRY = "158"
"""The one row of countries.csv that is set aside."""

ROLES = {
    "SE4U implementing partner; co-organizer": "ORGANIZER",
    "CSU partner; participant": "PARTICIPANT",
    "participant": "PARTICIPANT",
    "participant (virtual)": "PARTICIPANT",
    "attendee": "PARTICIPANT",
    "intervention": "SPEAKER",
    "speaker": "SPEAKER",
    "study presenter": "SPEAKER",
    "panellist": "PANELLIST",
}


# ---------------------------------------------------------------- reading


@cache
def table(path: str) -> list[Row]:
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]


def plain(text: str) -> str:
    """A text as lists are ordered by it: without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words(text: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", plain(text).upper()).strip("-")


def first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    return date + "-12-31"[len(date) - 4 :]


def holds(row: Row, day: str | None) -> bool:
    """Whether something with ``since`` and ``until`` holds on the day, or may; without a day it counts."""
    if day is None:
        return True
    since, until = row["since"], row.get("until", "")
    return (not since or first_day(since) <= day) and (not until or last_day(until) >= day)


def within_year(date: str, year: str | None) -> bool:
    return year is None or date.startswith(year)


def or_null(text: str) -> str | None:
    return text or None


def listed(rows: Iterable[object]) -> Json:
    found = list(rows)
    return {"totalCount": len(found), "edges": [{"node": row} for row in found]}


def edges(rows: Iterable[object]) -> Json:
    return {"edges": list(rows)}


# ---------------------------------------------------------------- places and themes


@cache
def countries() -> dict[str, str]:
    """The names of all countries by their codes."""
    return {
        row["iso3"]: row["name_en"] for row in table("reference/countries.csv") if row["m49"] != NO_COUNTRY
    }


def country(code: str | None) -> Json | None:
    return {"name": countries()[code]} if code else None


@cache
def countries_in(place: str) -> frozenset[str]:
    """The codes of the countries in a country or a region of any scheme."""
    groups = {"GRULAC": "UN-GRULAC", "WEOG": "UN-WEOG"}
    found = {place} & set(countries())
    for row in table("reference/countries.csv"):
        regions = [row["m49_region"], row["m49_subregion"], row["m49_intermediate"]]
        keys = {words(name) for name in regions} | {"WORLD", f"NET4U-REGION-{words(row['m49_region'])}"}
        if row["iso3"] in countries() and place in keys:
            found.add(row["iso3"])
    for row in table("reference/un_regional_groups.csv"):
        group = row["regional_group"]
        if place == groups.get(group, f"UN-{words(group)}"):
            found.add(row["iso3"])
    assert found, f"no country in {place}"
    return frozenset(found)


@cache
def themes_within(theme: str) -> frozenset[str]:
    """A theme and everything narrower."""
    found = {theme}
    while True:
        narrower = {
            row["code"]
            for row in table("own/thematic_topics.csv")
            if found & set(row["broader"].split("|")) and row["code"] not in found
        }
        if not narrower:
            return frozenset(found)
        found |= narrower


# ---------------------------------------------------------------- organizations and networks


@cache
def organizations() -> dict[str, Json]:
    """All organizations by key: name, kind, code of the country, whether synthetic."""
    kinds = {"ACADEMIA": "ACADEMIA", "ACADEMIA/PROFESSIONAL": "ACADEMIA"}
    codes = {name: code for code, name in countries().items()}
    seen: dict[str, Json] = {
        f"ORG-{words(row['name_as_written'])}": {
            "name": row["name_as_written"],
            "kind": kinds.get(row["stakeholder_kind_inferred"], "NGO"),
            "country": codes.get(row["country_stated_in_source"]),
            "synthetic": False,
        }
        for row in table("reference/organizations_seen.csv")
    }
    made_up: dict[str, Json] = {
        row["key"]: {
            "name": row["name"],
            "kind": row["kind"],
            "country": or_null(row["country"]),
            "synthetic": True,
        }
        for row in table("demo/organizations.csv")
    }
    return seen | made_up


def organization(key: str, *fields: str) -> Json:
    """An organization with its key, its name and these fields; a country as its name."""
    found = organizations()[key]
    row: Json = {"key": key, "name": found["name"]}
    for field in fields:
        code = found[field]
        row[field] = country(code if isinstance(code, str) else None) if field == "country" else code
    return row


def by_name(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (plain(str(organizations()[key]["name"])), key))


def memberships(day: str | None, organization: str = "", network: str = "") -> list[Row]:
    return sorted(
        (
            row
            for row in table("demo/memberships.csv")
            if organization in ("", row["source"]) and network in ("", row["target"]) and holds(row, day)
        ),
        key=lambda row: (row["target"], row["since"]),
    )


def members(network: str, day: str | None) -> set[str]:
    return {row["source"] for row in memberships(day, network=network)}


@cache
def networks() -> dict[str, Row]:
    real = {row["code"]: row for row in table("reference/networks.csv")}
    return real | {row["key"]: row for row in table("demo/networks.csv")}


def expertise(key: str, day: str | None) -> list[Row]:
    return sorted(
        (row for row in table("demo/expertise.csv") if row["source"] == key and holds(row, day)),
        key=lambda row: row["target"],
    )


def span(row: Row) -> Json:
    return {"since": or_null(row["since"]), "until": or_null(row["until"])}


# ---------------------------------------------------------------- the questions


def members_covering(theme: str, region: str, asOf: str | None = None, first: int = 50) -> Json:  # noqa: N803
    wanted, places = themes_within(theme), countries_in(region)
    regional = {key for key, row in networks().items() if row["kind"] == "REGIONAL_NETWORK"}
    found = [
        key
        for key, row in organizations().items()
        if row["country"] in places
        and any(row["target"] in regional for row in memberships(asOf, key))
        and any(row["target"] in wanted for row in expertise(key, asOf))
    ]

    def order(key: str) -> tuple[str, str, str]:
        code, name = str(organizations()[key]["country"]), str(organizations()[key]["name"])
        return plain(countries()[code]), plain(name), key

    rows: list[Json] = [
        {
            **organization(key, "country"),
            "themes": edges(
                {"node": {"key": row["target"]}, "level": row["level"]}
                for row in expertise(key, asOf)
                if row["target"] in wanted
            ),
            "memberships": edges(
                {"node": {"key": row["target"]}, **span(row)} for row in memberships(asOf, key)
            ),
            "synthetic": organizations()[key]["synthetic"],
        }
        for key in sorted(found, key=order)
    ]
    return {"organizations": listed(rows) | {"edges": [{"node": row} for row in rows[:first]]}}


def network_members(network: str, asOf: str | None = None, first: int = 100) -> Json:  # noqa: N803
    rows = [
        {
            **organization(key, "kind", "country"),
            "memberships": edges(span(row) for row in memberships(asOf, key, network)),
            "themes": edges(
                {"node": {"key": row["target"]}, "level": row["level"]} for row in expertise(key, asOf)
            ),
            "synthetic": organizations()[key]["synthetic"],
        }
        for key in by_name(members(network, asOf))
    ]
    return {"organizations": listed(rows) | {"edges": [{"node": row} for row in rows[:first]]}}


def ordinary_members(network: str, asOf: str | None = None) -> Json:  # noqa: N803
    bodies = {row["key"] for row in table("demo/network_bodies.csv") if row["network"] == network}
    seated = {
        row["source"] for row in table("demo/seats.csv") if row["target"] in bodies and holds(row, asOf)
    }
    holders = {
        row["source"] for row in table("demo/offices.csv") if row["target"] == network and holds(row, asOf)
    }
    found = by_name(members(network, asOf) - seated - holders)
    return {"organizations": listed(organization(key, "country", "synthetic") for key in found)}


def network_offices(asOf: str) -> Json:  # noqa: N803
    def held(network: str) -> list[Row]:
        rows = [row for row in table("demo/offices.csv") if row["target"] == network and holds(row, asOf)]
        return sorted(rows, key=lambda row: (row["office"], row["source"]))

    rows = [
        {
            "key": key,
            "name": row["name"],
            "kind": row["kind"],
            "offices": edges(
                {
                    "office": office["office"],
                    "node": {"name": organizations()[office["source"]]["name"]},
                    **span(office),
                }
                for office in held(key)
            ),
        }
        for key, row in sorted(networks().items(), key=lambda found: (plain(found[1]["name"]), found[0]))
    ]
    return {"networks": listed(rows)}


def countries_without_counterpart(network: str, asOf: str | None = None) -> Json:  # noqa: N803
    known = set(counterparts())
    at_home: dict[str, list[str]] = {}
    for key in sorted(members(network, asOf)):
        code = organizations()[key]["country"]
        if isinstance(code, str) and code not in known:
            at_home.setdefault(code, []).append(key)
    rows = [
        {
            "key": code,
            "name": countries()[code],
            "stakeholders": edges({"node": {"name": organizations()[key]["name"]}} for key in at_home[code]),
        }
        for code in sorted(at_home, key=lambda code: plain(countries()[code]))
    ]
    return {"countries": listed(rows)}


@cache
def counterparts() -> dict[str, list[tuple[str, str, Json]]]:
    """The counterparts of each country as key, kind and what is known of the office."""
    found: dict[str, list[tuple[str, str, Json]]] = {}
    for row in table("reference/review_focal_point_nominated_countries.csv"):
        office: Json = {"office": None, "asAt": None}
        found.setdefault(row["iso3"], []).append((f"RFP-{row['iso3']}", "REVIEW_FOCAL_POINT", office))
    kinds = {
        "REVIEW_FOCAL_POINT": "REVIEW_FOCAL_POINT",
        "PILOT_INITIATIVE_COUNTERPART": "POLICY_COUNTERPART",
    }
    for row in table("reference/government_counterparts_seen.csv"):
        key = f"OFFICE-{row['country_iso3']}-{words(row['office_as_written'])}"
        office = {"office": row["office_as_written"], "asAt": None}
        found.setdefault(row["country_iso3"], []).append((key, kinds[row["counterpart_kind"]], office))
    for row in table("demo/government_counterparts.csv"):
        office = {"office": or_null(row["office"]), "asAt": or_null(row["as_at"])}
        code = row["party"].removeprefix("Country:")
        found.setdefault(code, []).append((row["key"], row["kind"], office))
    return found


def review_focal_points(region: str) -> Json:
    rows = []
    for code in sorted(countries_in(region), key=lambda code: plain(countries()[code])):
        offices = [
            office
            for _, kind, office in sorted(counterparts().get(code, []), key=lambda found: found[0])
            if kind == "REVIEW_FOCAL_POINT"
        ]
        if offices:
            nodes = edges({"node": office} for office in offices)
            rows.append({"key": code, "name": countries()[code], "counterparts": nodes})
    return {"countries": listed(rows)}


# ---------------------------------------------------------------- events


@cache
def events() -> dict[str, Row]:
    """All events by key; the themes of their topics are in ``themes``, separated by bars."""
    themes = {row["topic"]: row["themes"] for row in table("own/topic_themes.csv")}
    real = {
        row["code"]: {
            **row,
            "name": row["title"],
            "mode": row["mode"].upper(),
            "country": row["country_iso3"],
            "themes": "|".join(themes[topic] for topic in row["topics"].split("|") if topic),
            "synthetic": "",
        }
        for row in table("reference/events.csv")
    }
    blank = {"city": "", "country": "", "themes": ""}
    return real | {row["key"]: blank | row for row in table("demo/meetings.csv")}


def in_time(keys: Iterable[str]) -> list[str]:
    """By the first day that the start can mean, then by the last; what has no start comes last."""

    def order(key: str) -> tuple[bool, str, str, str]:
        start = events()[key]["start"]
        return not start, first_day(start) if start else "", last_day(start) if start else "", key

    return sorted(keys, key=order)


def of_kind(kind: str) -> list[str]:
    return in_time(key for key, row in events().items() if row["kind"] == kind)


def event(key: str, *fields: str) -> Json:
    found = events()[key]
    row: Json = {"key": key}
    for field in fields:
        row[field] = country(found["country"]) if field == "country" else or_null(found[field])
    if "synthetic" in fields:
        row["synthetic"] = found["synthetic"] == "true"
    return row


def dialogues_and_sessions(year: str | None = None) -> Json:
    rows = [
        {
            **event(key, "name", "start"),
            "follows": edges(
                {"node": event(session, "start", "end")}
                for session in sorted(events()[key]["follows_working_group_events"].split("|"))
                if session
            ),
        }
        for key in of_kind("CONSTRUCTIVE_DIALOGUE")
        if within_year(events()[key]["start"], year)
    ]
    return {"events": listed(rows)}


def trainings(year: str | None = None) -> Json:
    found = [key for key in of_kind("TRAINING") if within_year(events()[key]["start"], year)]
    return {"events": listed(event(key, "name", "start", "end", "mode", "city", "country") for key in found)}


def events_known_to_month(**period: str) -> Json:
    begin, end = period.get("from", "0001"), period.get("to", "9999")
    found = [
        key
        for key, row in events().items()
        if re.fullmatch(r"\d{4}-\d{2}", row["start"])
        and last_day(row["start"]) >= first_day(begin)
        and first_day(row["start"]) <= last_day(end)
    ]
    fields = ("name", "kind", "start", "end", "country", "synthetic")
    return {"events": listed(event(key, *fields) for key in in_time(found))}


@cache
def participations() -> list[tuple[str, str, str]]:
    """Organization, event and role of all participations."""
    seen = [
        (f"ORG-{words(row['name_as_written'])}", code, ROLES[row["role"]])
        for row in table("reference/organizations_seen.csv")
        if row["role"] in ROLES
        for code in row["event_or_context"].split("|")
        if code in events()
    ]
    made_up = table("demo/participations.csv")
    return seen + [(row["source"], row["target"], row["role"]) for row in made_up]


def dialogue_participants(theme: str, first: int = 100) -> Json:
    wanted = themes_within(theme)
    dialogues = [
        key for key in of_kind("CONSTRUCTIVE_DIALOGUE") if wanted & set(events()[key]["themes"].split("|"))
    ]
    parts: dict[str, list[tuple[int, str, str]]] = {}
    for who, where, role in participations():
        if where in dialogues:
            parts.setdefault(who, []).append((dialogues.index(where), where, role))
    rows = [
        {
            **organization(key),
            "participations": edges(
                {"node": {"key": where}, "role": role} for _, where, role in sorted(parts[key])
            ),
            "synthetic": organizations()[key]["synthetic"],
        }
        for key in by_name(parts)
    ]
    return {"organizations": listed(rows) | {"edges": [{"node": row} for row in rows[:first]]}}


# ---------------------------------------------------------------- sources


def pages(cell: str) -> list[Json]:
    return [{"url": url.strip()} for url in cell.split(" ; ")]


def attendance_claims(event: str) -> Json:
    said = ("metric", "qualifier", "value", "unit", "basis", "stated_by", "source")

    def order(row: Row) -> tuple[str, int, str]:
        whole = "|".join(row[name] for name in said)
        return row["metric"], int(row["value"]), hashlib.sha256(whole.encode()).hexdigest()[:8]

    found = [row for row in table("reference/event_attendance_claims.csv") if row["event_code"] == event]
    rows = [
        {
            "metric": row["metric"],
            "qualifier": row["qualifier"].upper(),
            "value": int(row["value"]),
            "unit": row["unit"],
            "basis": row["basis"],
            "statedBy": row["stated_by"],
            "sources": pages(row["source"]),
        }
        for row in sorted(found, key=order)
    ]
    return {"attendanceClaims": listed(rows)}


def organization_sources(organization: str) -> Json:
    """Of an organization seen: every fact about it rests on the pages of its row."""
    [row] = [
        row
        for row in table("reference/organizations_seen.csv")
        if f"ORG-{words(row['name_as_written'])}" == organization
    ]
    parts = sorted((where, role) for who, where, role in participations() if who == organization)
    return {
        "organization": {
            "name": row["name_as_written"],
            "sources": pages(row["source"]),
            "themes": edges([]),
            "memberships": edges([]),
            "participations": edges(
                {"node": {"key": where}, "role": role, "sources": pages(row["source"])}
                for where, role in parts
            ),
        }
    }


BY_HAND: Mapping[str, Answer] = {
    "attendance-claims": attendance_claims,
    "countries-without-counterpart": countries_without_counterpart,
    "dialogue-participants": dialogue_participants,
    "dialogues-and-sessions": dialogues_and_sessions,
    "events-known-to-month": events_known_to_month,
    "members-covering": members_covering,
    "network-members": network_members,
    "network-offices": network_offices,
    "ordinary-members": ordinary_members,
    "organization-sources": organization_sources,
    "review-focal-points": review_focal_points,
    "trainings": trainings,
}


def sources_as_a_set(value: object) -> object:
    """An answer with its sources in the order of their addresses, and without the names made for pages."""
    if isinstance(value, Mapping):
        found = {name: sources_as_a_set(member) for name, member in value.items()}
        if isinstance(sources := found.get("sources"), Sequence):
            found["sources"] = sorted(str(source["url"]) for source in sources)
        return found
    if isinstance(value, list):
        return [sources_as_a_set(member) for member in value]
    return value
