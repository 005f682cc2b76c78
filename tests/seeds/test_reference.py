"""What the reference files become, counted and read by hand from the tables."""

from __future__ import annotations

from datetime import date

import pytest

from seeds import catalogue
from seeds.files import topic_themes
from tests.seeds.prepared import SEEDS, edges, nodes, prepared_files, table


def test_every_file_is_in_the_catalogue_once() -> None:
    labels = [file.label for file in catalogue()]
    assert len(labels) == len(set(labels))
    on_disk = {f"{path.parent.name}/{path.name}" for path in SEEDS.glob("*/*.csv")}
    assert on_disk - set(labels) == {"own/topic_themes.csv"}
    assert {file.path for file in catalogue()} == {SEEDS / file.label for file in catalogue()}
    assert sum(label.startswith("reference/") for label in labels) == 19


def test_no_row_is_broken() -> None:
    assert {label: file.errors for label, file in prepared_files().items() if file.errors} == {}


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("event_attendance_claims", "AttendanceClaim"),
        ("cop_working_groups", "ConferenceWorkingGroup"),
        ("instruments", "Instrument"),
        ("entity_resolution_examples", "IdentityJudgement"),
        ("review_clusters", "ReviewCluster"),
        ("ecosoc_status_granted_1998_2024", "RegisterEntry"),
    ],
)
def test_each_row_becomes_a_node_of_its_own(file: str, kind: str) -> None:
    assert len(nodes(kind)) == len(table(f"reference/{file}.csv"))


def test_each_treaty_status_becomes_an_edge_dated_2014() -> None:
    found = edges("TreatyStatus")
    assert len(found) == 627
    assert {edge.properties["as_at_first_day"] for edge in found} == {date(2014, 1, 27), date(2014, 7, 10)}
    assert {edge.properties["note"] for edge in found} == {"last commit to the file; scrape date not stated"}
    assert {edge.source.kind for edge in found if edge.source.key == "EU"} == {"IntegrationOrganization"}
    assert sum(edge.source.key == "EU" for edge in found) == 4


def test_both_tables_agree_on_the_regional_groups() -> None:
    by_country = {
        row["iso3"]: set(filter(None, row["un_regional_group"].split("|")))
        for row in table("reference/countries.csv")
    }
    by_group: dict[str, set[str]] = {}
    for row in table("reference/un_regional_groups.csv"):
        by_group.setdefault(row["iso3"], set()).add(row["regional_group"])
    assert {code: groups for code, groups in by_country.items() if groups} == by_group


def test_the_row_set_aside_is_decided_by_its_code() -> None:
    (aside,) = prepared_files()["reference/countries.csv"].set_aside
    assert (aside.column, aside.value) == ("m49", "158")
    kept = {node.ref.key for node in nodes("Country")}
    assert kept == {row["iso3"] for row in table("reference/countries.csv") if row["m49"] != "158"}


def test_countries_have_names_in_six_languages() -> None:
    cote = next(node for node in nodes("Country") if node.ref.key == "CIV")
    assert cote.properties["name"] == "Côte d’Ivoire"
    assert cote.properties["name_folded"] == "cote d’ivoire"
    assert cote.properties["name_ru"] == "Кот-д'Ивуар"
    for node in nodes("Country"):
        assert all(node.properties[f"name_{language}"] for language in ("ar", "en", "es", "fr", "ru", "zh"))


@pytest.mark.parametrize(
    ("event", "start", "first", "last"),
    [
        ("CD-2025-SOM", "2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("WG-FIREARMS-09", "2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("CD-2024-TIP", "2024-07-10", date(2024, 7, 10), date(2024, 7, 10)),
        ("COP-02", None, None, None),
    ],
)
def test_dates_are_as_precise_as_the_source(
    event: str, start: str | None, first: date | None, last: date | None
) -> None:
    found = next(node for node in nodes("Event") if node.ref.key == event).properties
    assert (found["start"], found["start_first_day"], found["start_last_day"]) == (start, first, last)


def linked(edge: str, source: str) -> set[str]:
    return {found.target.key for found in edges(edge) if found.source.key == source}


def test_a_dialogue_may_follow_and_concern_two_working_groups() -> None:
    assert linked("Follows", "CD-2022-IC-TA") == {"WG-IC-13", "WG-TA-13"}
    assert linked("ConcernsGroup", "CD-2022-IC-TA") == {"WG-IC", "WG-TA"}
    assert linked("Follows", "CD-2024-TA-IC") == set()
    assert linked("ConcernsGroup", "CD-2024-TA-IC") == {"WG-IC", "WG-TA"}


def test_what_notes_say_of_other_events_becomes_edges() -> None:
    assert linked("PartOf", "SIDE-COP11-SE4U") == {"COP-11"}
    assert linked("PartOf", "BRIEF-COP12-NGO") == {"COP-12"}
    assert linked("AdoptedAt", "RES-9-1") == {"COP-09"}
    assert linked("AdoptedAt", "RES-10-1") == {"COP-10"}


def test_every_topic_of_an_event_is_classified() -> None:
    topics = {topic for row in table("reference/events.csv") for topic in row["topics"].split("|") if topic}
    assert topics == set(topic_themes())
    known = {node.ref.key for node in nodes("ThematicArea")}
    assert {theme for themes in topic_themes().values() for theme in themes} <= known
    assert linked("DealsWith", "CD-2023-TIP") == {"TIP_CHILDREN", "TIP_CORRUPTION"}
    assert linked("DealsWith", "AFR-CS-2022") == {"DRUGS"}


def test_member_counts_are_claims_with_their_date() -> None:
    claims = {node.ref.key: node.properties for node in nodes("MemberCountClaim")}
    assert {key: (claim["value"], claim["as_of"]) for key, claim in claims.items()} == {
        "NET4U-AMERICAS-MEMBERS-2023-11": (20, "2023-11"),
        "NET4U-AFRICA-MEMBERS-2023-11": (26, "2023-11"),
        "WHATSON-MEMBERS-2023-03": (446, "2023-03"),
    }


def test_claims_that_contradict_each_other_are_all_kept() -> None:
    about = {
        found.source.key for found in edges("ClaimsAttendanceOf") if found.target.key == "CD-2024-FIREARMS"
    }
    values = [node.properties["value"] for node in nodes("AttendanceClaim") if node.ref.key in about]
    assert sorted(map(str, values)) == ["144", "144", "37", "47", "65"]


def test_only_what_took_part_is_a_participation() -> None:
    assert linked("ParticipatedIn", "ORG-ASTRA") == {"SE4U-2019-NEEDS"}
    assert linked("ParticipatedIn", "ORG-INTERNATIONAL-ASSOCIATION-OF-PROSECUTORS") == set()
    assert linked("ParticipatedIn", "ORG-CISCOS-UGL") == set()
    organizations = {node.ref.key: node.properties for node in nodes("Organization")}
    assert organizations["ORG-INTERNATIONAL-ASSOCIATION-OF-PROSECUTORS"]["note"] == (
        "circulated the call: CD-2023-FIREARMS, CD-2023-TA; kind inferred: PROFESSIONAL"
    )
    assert organizations["ORG-GLOBAL-ALLIANCE-AGAINST-TRAFFIC-IN-WOMEN"]["acronym"] == "GAATW"
    assert organizations["ORG-LA-STRADA-INTERNATIONAL"]["aliases"] == ["La Strada International Association"]


def test_judgements_are_unconfirmed_and_point_at_exact_names_only() -> None:
    assert {node.properties["confirmed"] for node in nodes("IdentityJudgement")} == {False}
    names = {
        node.ref.key: node.properties["name"] for node in (*nodes("Organization"), *nodes("RegisterEntry"))
    }
    pairs = {
        node.ref.key: {node.properties["name_a"], node.properties["name_b"]}
        for node in nodes("IdentityJudgement")
    }
    judged = (*edges("JudgesOrganization"), *edges("JudgesEntry"))
    assert judged
    assert all(names[edge.target.key] in pairs[edge.source.key] for edge in judged)


def test_two_facts_on_one_office_stay_two_until_a_person_judges() -> None:
    offices = {found.source.key for found in edges("CounterpartOf") if found.target.key == "PAN"}
    assert offices == {"RFP-PAN", "OFFICE-PAN-FIRST-SPECIALIZED-PROSECUTOR-AGAINST-ORGANIZED-CRIME"}


def test_no_real_organization_is_a_member() -> None:
    assert {edge.source.key.startswith("DEMO-") for edge in edges("MemberOf")} == {True}


def test_facts_rest_on_the_data_set_that_names_its_licence() -> None:
    register = next(node for node in nodes("Source") if node.properties["licence"] == "MIT")
    assert all(entry.properties["sources"] == [register.ref.key] for entry in nodes("RegisterEntry"))
