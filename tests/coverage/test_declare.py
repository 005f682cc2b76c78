"""Declarations of what is counted are looked up in the ontology; what is not there is said at once."""

from __future__ import annotations

import pytest

from graph_api.coverage.declare import AxisOf, CountedKind, CoverageDeclaration, coverage_of
from graph_api.errors import InvalidArgumentError, InvalidOntologyError
from schema import ontology
from schema.coverage import coverage as real
from tests.toy.coverage import coverage
from tests.toy.kinds import Award, City, Film, Genre, Land, Person, Thing
from tests.toy.ontology import TOY

TOY_COVERAGE = coverage_of(coverage, TOY)


def test_a_table_counts_the_first_kind_with_both_axes() -> None:
    assert TOY_COVERAGE.counted_by("STUDIO", "FILM").kind.name == "Person"
    assert TOY_COVERAGE.counted_by("LAND", "GENRE").kind.name == "Film"
    found = coverage_of(real, ontology)
    assert found.counted_by("COUNTRY", "COUNTERPART_KIND").kind.name == "GovernmentCounterpart"
    assert found.counted_by("COUNTRY", "THEME").kind.name == "Organization"


@pytest.mark.parametrize(("rows", "columns"), [("STUDIO", "GENRE"), ("GENRE", "GENRE")])
def test_axes_that_do_not_go_together_are_refused(rows: str, columns: str) -> None:
    with pytest.raises(InvalidArgumentError):
        TOY_COVERAGE.counted_by(rows, columns)


def test_lines_that_contain_one_another_are_counted_for_what_contains_them() -> None:
    axes = TOY_COVERAGE.counted[1].axes

    rolled = {name: getattr(axis.lines, "rolled", None) is not None for name, axis in axes.items()}
    assert rolled == {"GENRE": False, "LAND": True, "CITY": False, "MAKER": False}
    assert {name: getattr(axis.lines, "prefix", "") for name, axis in axes.items()} == {
        "GENRE": "",
        "LAND": "",
        "CITY": "City:",
        "MAKER": "Studio:",
    }


@pytest.mark.parametrize(
    ("axis", "said"),
    [
        (AxisOf("A", "It.", "nothing"), "no relation or enum 'nothing'"),
        (AxisOf("A", "It.", "minutes"), "no relation or enum 'minutes'"),
        (AxisOf("A", "It.", "settings"), "no kind that is stored"),
        (AxisOf("A", "It.", "cast", lines=Award), "A leads to no Award"),
        (AxisOf("A", "It.", "settings", lines=Land, only={"genre": Genre.DRAMA}), "no property 'genre'"),
    ],
)
def test_what_is_declared_wrongly_is_named(axis: AxisOf, said: str) -> None:
    declared = CoverageDeclaration((CountedKind(Film, (axis,)),))

    with pytest.raises(InvalidOntologyError, match=said):
        coverage_of(declared, TOY)


def test_every_clash_is_named() -> None:
    twice = AxisOf("CITY", "Where born.", "birthplace", lines=City)
    declared = CoverageDeclaration((CountedKind(Person, (twice, twice)), CountedKind(Thing, ())))

    with pytest.raises(InvalidOntologyError) as refused:
        coverage_of(declared, TOY)

    assert "two axes CITY" in str(refused.value)
    assert "Thing is no kind that is stored" in str(refused.value)
