"""Where entities lie: what a search can be limited to, and what its hits are counted by."""

from __future__ import annotations

import pytest

from graph_api.errors import UnknownKeyError
from graph_api.plan.redirects import Redirects
from graph_api.search.places import Facet, FacetValue, places_of
from graph_api.search.records import Hit, SearchedRecord
from graph_api.search.scheme import search_scheme
from schema import ontology

SCHEME = search_scheme(ontology)
AFRICA, EAST, KENYA = ("Region", "AFRICA"), ("Region", "EAST"), ("Country", "KEN")
GUNS, PARTS = ("ThematicArea", "GUNS"), ("ThematicArea", "PARTS")
HERE, THERE = ("Organization", "here"), ("Organization", "there")
PLACES = places_of(
    SCHEME,
    {AFRICA: [], EAST: [AFRICA], KENYA: [EAST, ("Region", "hidden")], GUNS: [], PARTS: [GUNS]},
    {HERE: [KENYA, PARTS], THERE: [GUNS, ("Event", "no hierarchy")]},
)


def hit(identity: tuple[str, str]) -> Hit:
    return Hit(SearchedRecord(*identity, ("Name",)), 1.0, "Name")


def test_an_entity_lies_in_everything_above() -> None:
    assert PLACES.around(HERE) == {KENYA, EAST, AFRICA, PARTS, GUNS}
    assert PLACES.around(KENYA) == {KENYA, EAST, AFRICA}
    assert PLACES.around(THERE) == {GUNS}
    assert PLACES.around(("Event", "unknown")) == frozenset()


@pytest.mark.parametrize(
    ("keys", "within"),
    [
        ((), {HERE, THERE, KENYA}),
        (("AFRICA",), {HERE, KENYA}),
        (("GUNS",), {HERE, THERE}),
        (("PARTS", "GUNS"), {HERE, THERE}),
        (("AFRICA", "GUNS"), {HERE}),
        (("old",), {HERE, KENYA}),
    ],
)
def test_one_node_of_each_hierarchy_has_to_fit(keys: tuple[str, ...], within: set[tuple[str, str]]) -> None:
    scopes = PLACES.scopes(keys, Redirects.of([("Region:old", "AFRICA")]))

    assert {each for each in (HERE, THERE, KENYA) if PLACES.is_within(each, scopes)} == within


@pytest.mark.parametrize("key", ["nothing", "", "hidden", "x" * 1000])
def test_a_key_that_no_node_of_a_hierarchy_has_is_refused(key: str) -> None:
    with pytest.raises(UnknownKeyError, match="within"):
        PLACES.scopes([key])


def test_hits_are_counted_by_kind_and_by_all_nodes_above() -> None:
    assert PLACES.facets([hit(HERE), hit(THERE), hit(KENYA)]) == (
        Facet("kind", "", (FacetValue("Organization", 2), FacetValue("Country", 1))),
        Facet("thematicArea", "ThematicArea", (FacetValue("GUNS", 2), FacetValue("PARTS", 1))),
        Facet("country", "Country", (FacetValue("KEN", 2),)),
        Facet("region", "Region", (FacetValue("AFRICA", 2), FacetValue("EAST", 2))),
    )
    assert PLACES.facets([]) == ()


def test_what_is_searched_follows_from_the_ontology() -> None:
    kinds = {each.kind.name: each for each in SCHEME.kinds}

    assert [found.name for found in kinds["Organization"].names] == ["name", "acronym", "aliases"]
    assert [found.end.field for found in kinds["Organization"].places] == ["country", "themes"]
    assert [found.end.field for found in kinds["GovernmentCounterpart"].places] == ["party"]
    assert kinds["Instrument"].places == ()
    assert "Change" not in kinds
    assert SCHEME.hierarchies == ("ThematicArea", "Country", "Region")
