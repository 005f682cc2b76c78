"""What is counted in tables of coverage: organizations and government counterparts, and by what."""

from __future__ import annotations

from graph_api.coverage.declare import AxisOf, CountedKind, CoverageDeclaration
from schema.kinds.country import Country
from schema.kinds.government_counterpart import GovernmentCounterpart
from schema.kinds.organization import Organization
from schema.kinds.region import Region
from schema.vocabulary import RegionScheme


def _places(by: str) -> tuple[AxisOf, ...]:
    """The country that a relation leads to, and the regions that it is in, scheme by scheme."""
    regions = (
        ("REGION_M49", "The statistical regions that its country is in.", RegionScheme.M49),
        (
            "REGION_UN",
            "The United Nations regional group of its country.",
            RegionScheme.UN_REGIONAL_GROUP,
        ),
        ("REGION_NET4U", "The region of the NET4U networks that its country is in.", RegionScheme.NET4U),
    )
    return (
        AxisOf("COUNTRY", "The country that it is in.", by, lines=Country),
        *(AxisOf(name, text, by, lines=Region, only={"scheme": scheme}) for name, text, scheme in regions),
    )


coverage = CoverageDeclaration(
    counted=(
        CountedKind(
            Organization,
            (
                AxisOf("THEME", "The thematic areas that it works on and those around them.", "themes"),
                *_places("country"),
                AxisOf("NETWORK", "The networks that it is a member of.", "memberships"),
                AxisOf("EVENT", "The events that it took part in.", "participations"),
                AxisOf("ORGANIZATION_KIND", "Civil society, academia or private sector.", "kind"),
                AxisOf("ORGANIZATION_SUBTYPE", "The finer type of the organization.", "subtype"),
            ),
        ),
        CountedKind(
            GovernmentCounterpart,
            (AxisOf("COUNTERPART_KIND", "What the office does.", "kind"), *_places("party")),
        ),
    )
)
