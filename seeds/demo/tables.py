"""The tables of the demonstration, in the order in which they depend on each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_api.imports import ImportFile, Table
from graph_api.imports.canonical import edge_columns, edge_table, node_columns, node_table
from schema import ontology

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoTable:
    """One table: its file, and the kind or the edge type that its rows are."""

    name: str
    of: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return HERE / f"{self.name}.csv"

    @property
    def table(self) -> Table:
        """Its canonical form."""
        return node_table(ontology, self.of) if self._is_kind else edge_table(ontology, self.of)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of that form, in its order."""
        return node_columns(ontology, self.of) if self._is_kind else edge_columns(ontology, self.of)

    @property
    def _is_kind(self) -> bool:
        return self.of in ontology.nodes


TABLES = (
    DemoTable("sources", "Source"),
    DemoTable("organizations", "Organization"),
    DemoTable("expertise", "WorksOn"),
    DemoTable("networks", "Network"),
    DemoTable("network_bodies", "NetworkBody"),
    DemoTable("body_themes", "FocusesOn"),
    DemoTable("memberships", "MemberOf"),
    DemoTable("seats", "SitsOn"),
    DemoTable("offices", "HoldsOffice"),
    DemoTable("partners", "PartnerOf"),
    DemoTable("activity_plans", "ActivityPlan"),
    DemoTable("meetings", "Event"),
    DemoTable("activities", "Activity"),
    DemoTable("participations", "ParticipatedIn"),
    DemoTable("applications", "Application"),
    DemoTable("country_reviews", "CountryReview"),
    DemoTable("government_counterparts", "GovernmentCounterpart"),
    DemoTable("focal_points", "FocalPointFor"),
)


def demo_files() -> Iterator[ImportFile]:
    """The tables as files to import."""
    for demo in TABLES:
        yield ImportFile(f"demo/{demo.name}.csv", demo.path, demo.table)
