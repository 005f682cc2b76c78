"""The facts that the graph starts with, each with its sources, and a demonstration that is made up."""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.imports import ImportFile, Table
from seeds import (
    events,
    governments,
    instruments,
    networks,
    organizations,
    places,
    register,
    subjects,
)
from seeds.demo.tables import demo_files
from seeds.files import own, reference
from seeds.treaty_xml import TREATY_XML

__all__ = ["catalogue", "import_formats"]

import_formats = (TREATY_XML,)
"""The formats of files that this domain adds to those that every importer reads."""


def catalogue(demo: bool = True) -> Sequence[ImportFile]:
    """All files in the order in which they depend on each other; the demonstration comes last."""
    facts = (
        _file("reference_datasets", subjects.DATASETS),
        _file("countries", places.COUNTRIES),
        _file("un_regional_groups", places.REGIONAL_GROUPS),
        _file("thematic_areas", subjects.THEMATIC_AREAS),
        _own("thematic_topics", subjects.THEMATIC_TOPICS),
        _file("network_kinds", subjects.NETWORK_KINDS),
        _file("network_roles", subjects.NETWORK_ROLES),
        _file("instruments", instruments.INSTRUMENTS),
        _file("review_clusters", instruments.REVIEW_CLUSTERS),
        _file("cop_working_groups", instruments.WORKING_GROUPS),
        _own("working_group_themes", instruments.WORKING_GROUP_THEMES),
        _file("treaty_status_2014", instruments.TREATY_STATUS),
        ImportFile(
            "reference/events.csv", reference("events"), events.EVENTS, rests_on=(own("topic_themes"),)
        ),
        _file("event_attendance_claims", events.ATTENDANCE_CLAIMS),
        _file("networks", networks.NETWORKS),
        _file("organizations_seen", organizations.ORGANIZATIONS_SEEN, "countries", "events"),
        _file("review_group_membership_partial", governments.REVIEW_GROUPS, "countries"),
        _file("review_focal_point_nominated_countries", governments.NOMINATED_FOCAL_POINTS, "countries"),
        _file("government_counterparts_seen", governments.COUNTERPARTS_SEEN, "countries"),
        _file("ecosoc_status_granted_1998_2024", register.ECOSOC_REGISTER),
        _file(
            "entity_resolution_examples",
            register.IDENTITY_JUDGEMENTS,
            "organizations_seen",
            "ecosoc_status_granted_1998_2024",
        ),
    )
    return (*facts, *demo_files()) if demo else facts


def _file(name: str, table: Table, *rests_on: str) -> ImportFile:
    return ImportFile(
        f"reference/{name}.csv", reference(name), table, tuple(reference(other) for other in rests_on)
    )


def _own(name: str, table: Table) -> ImportFile:
    return ImportFile(f"own/{name}.csv", own(name), table)
