"""What constraints mean, what candidates count under, and what nobody knows of them."""

from __future__ import annotations

from datetime import date

import pytest

from graph_api.errors import InvalidArgumentError, UnknownKeyError
from graph_api.slates.problem import Bound, fixed_in, fixed_out
from graph_api.slates.propose import propose
from schema.matching.asking import Ranking
from schema.matching.facts import Expertise, OrganizationFacts, Wanted
from schema.matching.score import scores, weights_for
from schema.matching.slates import (
    GENDER,
    Constraint,
    Known,
    SlateScheme,
    broadest,
    closed_values,
    labels_of,
    problem_of,
    rule_of,
    unknowns,
)

BROADER = {"FIREARMS_SCOPE": frozenset({"FIREARMS"}), "FIREARMS": frozenset[str]()}
KNOWN = Known({**closed_values(), SlateScheme.REGION: frozenset({"AFRICA"})}, BROADER)
WANTED = Wanted(date(2024, 4, 5))


def ranking(*countries: str | None) -> Ranking:
    facts = [OrganizationFacts(f"o{n}", "NGO", country) for n, country in enumerate(countries)]
    found = scores(facts, WANTED, weights_for(WANTED))
    return Ranking(found, {each.key: each for each in facts}, weights_for(WANTED), WANTED)


def test_an_organization_counts_under_regions_around_it_and_themes_above_its_own() -> None:
    facts = OrganizationFacts(
        "o", "NGO", "KEN", frozenset({"KEN", "AFRICA"}), expertise=(Expertise("FIREARMS_SCOPE"),)
    )

    labels = set(labels_of(facts, BROADER))

    assert {("COUNTRY", "KEN"), ("REGION", "AFRICA"), ("THEME", "FIREARMS"), ("NEWCOMER", "true")} <= labels
    assert ("REGION", "KEN") not in labels
    assert {("VICTIM_LED", "unknown"), ("GRASSROOTS", "unknown")} <= labels


def test_constraints_are_said_in_words() -> None:
    def name(bound: Bound, number: int, scheme: SlateScheme, value: str | None) -> str:
        return rule_of(Constraint(bound, number, scheme, value), KNOWN).name

    assert name(Bound.AT_LEAST, 3, SlateScheme.REGION, "AFRICA") == "at least 3 of REGION AFRICA"
    assert name(Bound.AT_MOST, 1, SlateScheme.COUNTRY, None) == "at most 1 of each COUNTRY"


def test_an_organization_is_fixed_in_or_out() -> None:
    into = Constraint(Bound.AT_LEAST, 1, SlateScheme.ORGANIZATION, "o1")
    out = Constraint(Bound.AT_MOST, 0, SlateScheme.ORGANIZATION, "o0")

    problem = problem_of(ranking("KEN", "KEN", "MLI"), 2, (into, out), KNOWN)

    assert problem.rules == (fixed_in("o1"), fixed_out("o0"))
    assert {each.key for each in propose(problem).chosen} == {"o1", "o2"}


@pytest.mark.parametrize(
    ("scheme", "value", "kind"),
    [
        (SlateScheme.REGION, None, InvalidArgumentError),
        (SlateScheme.REGION, "ATLANTIS", UnknownKeyError),
        (SlateScheme.KIND, "CLUB", UnknownKeyError),
        (SlateScheme.NEWCOMER, "yes", UnknownKeyError),
    ],
)
def test_constraints_that_say_nothing_are_refused(
    scheme: SlateScheme, value: str | None, kind: type[InvalidArgumentError]
) -> None:
    with pytest.raises(kind):
        rule_of(Constraint(Bound.AT_MOST, 1, scheme, value), KNOWN)


def test_a_committee_is_spread_over_as_many_countries_as_it_takes() -> None:
    found = ranking("KEN", "KEN", "KEN", "MLI", "MLI", None)

    assert [each.number for each in broadest(found, 3)] == [1]
    assert [each.number for each in broadest(found, 5)] == [2]
    assert broadest(found, 6) == ()
    for size in range(1, 7):
        assert propose(problem_of(found, size, broadest(found, size), KNOWN)).feasible


def test_what_is_not_known_is_said() -> None:
    facts = list(ranking("KEN", None).facts.values())

    assert "Not known of 1 of 2 candidates: country." in list(unknowns(facts, committee=False))
    assert GENDER in list(unknowns(facts, committee=True))
    assert GENDER not in list(unknowns(facts, committee=False))
