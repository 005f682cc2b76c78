"""Countries and regions in three schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from graph_api.imports import NodeRecord, Row, SetAside, Table
from graph_api.imports.records import Record
from schema.edges.places import LocatedIn
from schema.kinds.country import Country
from schema.kinds.region import Region
from schema.vocabulary import RegionScheme
from seeds.facts import Facts, ref, slug
from seeds.files import columns

WORLD = "WORLD"
_WORLD_M49 = "001"
_WITHOUT_M49_ENTRY = frozenset({"158"})
_TRUTH = {"yes": True, "no": False, "x": True, "": False}
_GROUPS = {
    "African Group": "UN-AFRICAN-GROUP",
    "Asia-Pacific Group": "UN-ASIA-PACIFIC-GROUP",
    "Eastern European Group": "UN-EASTERN-EUROPEAN-GROUP",
    "GRULAC": "UN-GRULAC",
    "WEOG": "UN-WEOG",
}
_GROUP_NAMES = {
    "GRULAC": "Latin American and Caribbean Group (GRULAC)",
    "WEOG": "Western European and Others Group (WEOG)",
}


def region_key(name: str) -> str:
    """The key of a region of the M49 scheme: its name in capitals, joined by hyphens."""
    return slug(name).upper()


def country(row: Row) -> Iterable[Record] | SetAside:
    """A country or area, with the M49 regions above it."""
    if row["un_member"] != "yes" and row["m49"] in _WITHOUT_M49_ENTRY:
        return row.set_aside(
            "m49",
            f"no Member State or observer of the United Nations, and M49 has no entry for code {row['m49']}",
        )
    return _country(row)


def _country(row: Row) -> Iterator[Record]:
    facts = Facts(row, row["source"].replace("; regional group: ", " ; "))
    yield from facts.sources
    yield facts.node(
        Country,
        row["iso3"],
        name=row["name_en"],
        iso2=row["iso2"],
        m49=row["m49"],
        name_ar=row["name_ar"],
        name_en=row["name_en"],
        name_es=row["name_es"],
        name_fr=row["name_fr"],
        name_ru=row["name_ru"],
        name_zh=row["name_zh"],
        un_member=_truth(row, "un_member"),
        least_developed=_truth(row, "ldc"),
        landlocked_developing=_truth(row, "lldc"),
        small_island_developing=_truth(row, "sids"),
    )
    yield from _m49(row)


def _m49(row: Row) -> Iterator[Record]:
    # The regions rest on the country codes alone: every row then says the same about them.
    facts = Facts(row, row["source"].partition("; regional group: ")[0])
    chain = [region for region in _m49_regions(row, facts) if region.properties["name"]]
    yield from chain
    keys = [ref(Country, row["iso3"]), *(region.ref for region in chain)]
    for narrower, wider in pairwise(keys):
        yield facts.edge(LocatedIn, narrower, wider)


def _m49_regions(row: Row, facts: Facts) -> Iterator[NodeRecord]:
    """From the narrowest level to the world. The table has no code for intermediate regions."""
    for name, code in (
        (row["m49_intermediate"], ""),
        (row["m49_subregion"], row["m49_subregion_code"]),
        (row["m49_region"], row["m49_region_code"]),
        ("World", _WORLD_M49),
    ):
        yield facts.node(Region, region_key(name), name=name, scheme=RegionScheme.M49, m49=code)


def regional_group(row: Row) -> Iterator[Record]:
    """A Member State in a regional group of the United Nations."""
    written = row["regional_group"]
    if written not in _GROUPS:
        raise row.broken("regional_group", f"expected one of {', '.join(_GROUPS)}")
    facts = Facts(row)
    yield from facts.sources
    name = _GROUP_NAMES.get(written, written)
    group = facts.node(Region, _GROUPS[written], name=name, scheme=RegionScheme.UN_REGIONAL_GROUP)
    yield group
    yield facts.edge(LocatedIn, ref(Country, row["iso3"]), group.ref)


def _truth(row: Row, column: str) -> bool:
    if row[column] not in _TRUTH:
        raise row.broken(column, "expected yes, no, x or nothing")
    return _TRUTH[row[column]]


COUNTRIES = Table(
    country,
    columns(
        "iso2 iso3 m49 name_en name_display name_es name_fr name_ar name_ru name_zh m49_region_code "
        "m49_region m49_subregion_code m49_subregion m49_intermediate un_regional_group un_member "
        "ldc lldc sids source"
    ),
)
REGIONAL_GROUPS = Table(regional_group, ("iso3", "name", "regional_group", "source"))
