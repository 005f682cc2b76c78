"""All tables of the demonstration as bytes: the same at every run and on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from seeds.demo import bodies, dialogues, governments, meetings, members
from seeds.demo.rows import SOURCE, DemoRow, written
from seeds.demo.tables import TABLES, DemoTable


def generated() -> Iterator[tuple[DemoTable, bytes]]:
    """Each table with its content."""
    for table in TABLES:
        yield table, written(_ROWS[table.name](), table.columns)


def _sources() -> Iterable[DemoRow]:
    name = "Demonstration data of this project: made up, stating nothing about the world"
    # The one row without a source: it is the source.
    yield {"key": SOURCE, "name": name, "kind": "DEMONSTRATION", "synthetic": "true"}


_ROWS: Mapping[str, Callable[[], Iterable[DemoRow]]] = {
    "sources": _sources,
    "organizations": members.organizations,
    "expertise": members.expertise,
    "networks": bodies.networks,
    "network_bodies": bodies.bodies,
    "body_themes": bodies.body_themes,
    "memberships": members.memberships,
    "seats": bodies.seats,
    "offices": bodies.offices,
    "partners": members.partners,
    "activity_plans": meetings.plans,
    "meetings": meetings.meetings,
    "activities": meetings.activities,
    "participations": lambda: chain(dialogues.participations(), meetings.attendances()),
    "applications": dialogues.applications,
    "country_reviews": governments.country_reviews,
    "government_counterparts": governments.counterparts,
    "focal_points": governments.focal_points,
}
