"""Scores of organizations: they add up, grow with the evidence, and say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph_api.errors import InvalidArgumentError, InvalidCursorError, InvalidPageError
from graph_api.matching.pages import page_of
from graph_api.matching.scores import POINTS, Score, score_of
from graph_api.matching.weights import WHOLE, shared_out, weights_of
from schema.matching.criteria import MatchCriterion, assess
from schema.matching.facts import Expertise, OrganizationFacts, TakenPart, Wanted, topics_of
from schema.matching.score import scores, weights_for
from schema.vocabulary import EventKind, ExpertiseLevel

DAY = date(2024, 4, 5)
THEMES = ["FIREARMS", "FIREARMS_SCOPE", "EMERGING", "OTHER"]
BROADER = {"FIREARMS_SCOPE": frozenset({"FIREARMS"}), "FIREARMS": frozenset({"EMERGING"})}
SOURCES = some.lists(some.sampled_from(["S1", "S2", "S3"]), max_size=3, unique=True).map(tuple)
DATES = some.dates(date(2018, 1, 1), DAY)
EXPERTISE = some.builds(
    Expertise,
    some.sampled_from(THEMES),
    some.sampled_from([None, *ExpertiseLevel]),
    some.sampled_from(["", "list"]),
    some.none() | DATES,
    SOURCES,
)
PARTICIPATIONS = some.builds(
    TakenPart,
    some.text("EV", min_size=1, max_size=3),
    some.sampled_from(EventKind),
    DATES,
    some.frozensets(some.sampled_from(THEMES)),
    SOURCES,
)
KNOWN = some.none() | some.booleans()
FACTS = some.builds(
    OrganizationFacts,
    some.just("ORG"),
    some.just("NGO"),
    some.just("KEN"),
    some.frozensets(some.sampled_from(["KEN", "AFRICA"])),
    some.frozensets(some.sampled_from(["en", "fr"])),
    KNOWN,
    KNOWN,
    some.lists(EXPERTISE, max_size=4).map(tuple),
    some.frozensets(some.sampled_from(["N1", "N2"])),
    some.lists(PARTICIPATIONS, max_size=4).map(tuple),
    SOURCES,
)
WANTED = some.builds(
    Wanted,
    some.just(DAY),
    some.frozensets(some.sampled_from(THEMES), max_size=2).map(lambda keys: topics_of(keys, BROADER)),
    some.frozensets(some.sampled_from(["KEN", "AFRICA"])),
    some.frozensets(some.sampled_from(["N1", "N2"])),
    some.frozensets(some.sampled_from(["en", "fr", "ar"])),
    some.booleans(),
)


def points(facts: OrganizationFacts, wanted: Wanted) -> int:
    return score_of(facts.key, assess(facts, wanted), weights_for(wanted)).points


@given(facts=FACTS, wanted=WANTED, newcomers=some.booleans())
@settings(max_examples=300)
def test_reasons_add_up_to_the_score_and_gaps_to_what_is_missing(
    facts: OrganizationFacts, wanted: Wanted, newcomers: bool
) -> None:
    asked = replace(wanted, newcomers=newcomers)
    weights = weights_for(asked)

    (score,) = scores([facts], asked, weights)

    assert sum(weights.values()) == WHOLE
    assert sum(each.points for each in score.reasons) == score.points <= POINTS
    missing = sum(each.weight * (WHOLE - each.assessment.value) for each in score.gaps)
    assert score.points + missing == POINTS
    assert all(each.assessment.reason for each in score.reasons)
    assert all(each.assessment.gap for each in score.gaps)


@given(facts=FACTS, wanted=WANTED, expertise=EXPERTISE, taken_part=PARTICIPATIONS)
@settings(max_examples=400)
def test_more_evidence_never_lowers_a_score(
    facts: OrganizationFacts, wanted: Wanted, expertise: Expertise, taken_part: TakenPart
) -> None:
    before = points(facts, wanted)

    for more in (
        replace(facts, expertise=(*facts.expertise, expertise)),
        replace(facts, participations=(*facts.participations, taken_part)),
        replace(facts, networks=facts.networks | {"N1"}),
        replace(facts, languages=facts.languages | {"ar"}),
        replace(facts, victim_led=True),
        replace(facts, grassroots=True),
        replace(facts, register=("status granted",)),
    ):
        assert points(more, wanted) >= before


@given(facts=FACTS, wanted=WANTED)
def test_consultative_status_never_counts(facts: OrganizationFacts, wanted: Wanted) -> None:
    assert points(replace(facts, register=("status granted",)), wanted) == points(facts, wanted)


def test_expertise_counts_on_the_topic_and_within_it_and_less_above_it() -> None:
    wanted = Wanted(DAY, topics_of(frozenset({"FIREARMS"}), BROADER))

    def value(theme: str) -> int:
        facts = OrganizationFacts("ORG", expertise=(Expertise(theme, ExpertiseLevel.EXPERT),))
        return next(iter(assess(facts, wanted))).value

    assert value("FIREARMS") == value("FIREARMS_SCOPE") == 600
    assert value("EMERGING") == 300
    assert value("OTHER") == 0


def test_what_is_not_known_is_a_gap_that_says_so() -> None:
    wanted = Wanted(DAY, travel_support=True, regions=frozenset({"AFRICA"}))

    found = {each.criterion: each for each in assess(OrganizationFacts("ORG"), wanted)}

    assert found["SUPPORT"].gap == "not known whether victim-led or grassroots"
    assert found["REGION"].gap == "its country is not known"
    assert found["FRESHNESS"].gap == "no dated fact"


def test_balance_weighs_nothing_unless_it_is_asked_for() -> None:
    wanted = Wanted(DAY, topics_of(frozenset({"FIREARMS"}), BROADER))

    assert weights_for(wanted) == {"EXPERTISE": 700, "DIALOGUES": 150, "FRESHNESS": 150}
    asked = weights_for(replace(wanted, regions=frozenset({"AFRICA"}), newcomers=True))
    assert asked.keys() - weights_for(wanted).keys() == {"REGION", "NEWCOMER"}


@pytest.mark.parametrize(
    "weights",
    [
        {MatchCriterion.DIALOGUES: 0.5},
        {MatchCriterion.DIALOGUES: 1.5, MatchCriterion.FRESHNESS: -0.5},
        {MatchCriterion.DIALOGUES: 0.3333, MatchCriterion.FRESHNESS: 0.6667},
        {MatchCriterion.REGION: 1.0},
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights: dict[MatchCriterion, float]) -> None:
    with pytest.raises(InvalidArgumentError):
        weights_for(Wanted(DAY), weights)


def test_weights_are_taken_exactly() -> None:
    assert weights_of({"A": 0.1, "B": 0.2, "C": 0.7}) == {"A": 100, "B": 200, "C": 700}
    assert weights_of({"A": 0.333, "B": 0.667}) == {"A": 333, "B": 667}


@given(parts=some.dictionaries(some.text("abc", min_size=1), some.integers(1, 99), min_size=1))
def test_parts_are_shared_out_to_one(parts: dict[str, int]) -> None:
    assert sum(shared_out(parts).values()) == WHOLE


def test_pages_follow_one_another() -> None:
    found = scores([OrganizationFacts(key) for key in "cab"], Wanted(DAY), weights_for(Wanted(DAY)))

    first = page_of(found, "question", 2, None, 10)
    cursor = first.cursor(first.scores[-1])
    second = page_of(found, "question", 2, cursor, 10)

    assert _keys(first.scores) + _keys(second.scores) == ["a", "b", "c"]
    assert (first.after, second.after, second.before) == (True, False, True)
    with pytest.raises(InvalidCursorError):
        page_of(found, "another", 2, cursor, 10)
    with pytest.raises(InvalidPageError):
        page_of(found, "question", 11, None, 10)


def _keys(found: object) -> list[str]:
    assert isinstance(found, list)
    return [each.key for each in found if isinstance(each, Score)]
