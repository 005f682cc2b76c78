"""Slates for dialogues and Steering Committees: what candidates count under, and what constraints mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from graph_api.errors import InvalidArgumentError, UnknownKeyError
from graph_api.slates.problem import KEY, Bound, Candidate, Label, Problem, Rule, fixed_in, fixed_out
from schema.matching.asking import Ranking
from schema.matching.criteria import dialogues_of
from schema.matching.facts import OrganizationFacts
from schema.vocabulary import OrganizationKind

UNKNOWN = "unknown"
_ANSWERS = {True: "true", False: "false", None: UNKNOWN}
_SHOWN = 80
GENDER = "Gender balance: not known for any organization; the graph holds no persons, so nothing counts it."


class SlateScheme(Enum):
    """What seats are counted by. A member's value explains it."""

    REGION = "Regions of any scheme, by the key of one; regions within it count."
    COUNTRY = "Countries, by key; without a value each."
    KIND = "Kinds of organizations; without a value each."
    NETWORK = "Networks that they are members of, by key; without a value each."
    THEME = "Thematic areas that they work on, by key; narrower ones count; without a value each."
    NEWCOMER = "`true` for those that attended no dialogue before, else `false`."
    VICTIM_LED = "Whether victims or survivors lead them: `true`, `false` or `unknown`."
    GRASSROOTS = "Whether they are grassroots organizations: `true`, `false` or `unknown`."
    ORGANIZATION = "One organization, by key: at least 1 fixes it in, at most 0 out."


EACH = frozenset({SlateScheme.COUNTRY, SlateScheme.KIND, SlateScheme.NETWORK, SlateScheme.THEME})
"""The schemes that can be bounded for each of their values; regions of several schemes overlap."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """At least or at most so many seats."""

    bound: Bound
    number: int
    scheme: SlateScheme
    value: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """The values that constraints can name, by scheme, and the themes with what contains them."""

    values: Mapping[SlateScheme, frozenset[str]]
    broader: Mapping[str, frozenset[str]]


def problem_of(ranking: Ranking, size: int, constraints: Iterable[Constraint], known: Known) -> Problem:
    """The slate as a problem; raises ``InvalidArgumentError``, ``UnknownKeyError`` among them."""
    rules = tuple(rule_of(each, known) for each in constraints)
    candidates = tuple(
        Candidate(each.key, each.points, frozenset(labels_of(ranking.facts[each.key], known.broader)))
        for each in ranking.scores
    )
    return Problem(candidates, size, rules)


def labels_of(facts: OrganizationFacts, broader: Mapping[str, frozenset[str]]) -> Iterator[Label]:
    """Everything that an organization counts under."""
    country = [facts.country] if facts.country else []
    found: Mapping[SlateScheme, Iterable[str]] = {
        SlateScheme.REGION: facts.places - set(country),
        SlateScheme.COUNTRY: country,
        SlateScheme.KIND: [facts.kind],
        SlateScheme.NETWORK: facts.networks,
        SlateScheme.THEME: _within({each.theme for each in facts.expertise}, broader),
        SlateScheme.NEWCOMER: [_ANSWERS[not dialogues_of(facts)]],
        SlateScheme.VICTIM_LED: [_ANSWERS[facts.victim_led]],
        SlateScheme.GRASSROOTS: [_ANSWERS[facts.grassroots]],
    }
    return ((scheme.name, value) for scheme, values in found.items() for value in values)


def rule_of(constraint: Constraint, known: Known) -> Rule:
    """The rule that a constraint means; raises as ``problem_of`` does."""
    value, scheme = constraint.value, constraint.scheme
    _check(constraint, known)
    if scheme is SlateScheme.ORGANIZATION and value is not None:
        if (constraint.bound, constraint.number) == (Bound.AT_LEAST, 1):
            return fixed_in(value)
        if (constraint.bound, constraint.number) == (Bound.AT_MOST, 0):
            return fixed_out(value)
    bound = constraint.bound.name.lower().replace("_", " ")
    whom = f"{scheme.name} {value}" if value is not None else f"each {scheme.name}"
    name = KEY if scheme is SlateScheme.ORGANIZATION else scheme.name
    return Rule(f"{bound} {constraint.number} of {whom}", constraint.bound, constraint.number, name, value)


def broadest(ranking: Ranking, size: int) -> tuple[Constraint, ...]:
    """Seats spread over as many countries as possible: at most so many of each, as few as fill the slate.

    Nothing where even that says nothing, as for a slate that is larger than all candidates together.
    """
    found = Counter(facts.country for facts in ranking.facts.values() if facts.country)
    others = sum(facts.country is None for facts in ranking.facts.values())
    for most in range(1, max(found.values(), default=0)):
        if sum(min(count, most) for count in found.values()) + others >= size:
            return (Constraint(Bound.AT_MOST, most, SlateScheme.COUNTRY, None),)
    return ()


def unknowns(facts: Sequence[OrganizationFacts], *, committee: bool) -> Iterator[str]:
    """What nobody knows of the candidates, so that no constraint can have counted it."""
    if committee:
        yield GENDER
    for name, missing in (
        ("country", [each.key for each in facts if each.country is None]),
        ("whether victim-led", [each.key for each in facts if each.victim_led is None]),
        ("whether grassroots", [each.key for each in facts if each.grassroots is None]),
    ):
        if missing:
            yield f"Not known of {len(missing)} of {len(facts)} candidates: {name}."


def _check(constraint: Constraint, known: Known) -> None:
    scheme, value = constraint.scheme, constraint.value
    if value is None and scheme not in EACH:
        raise InvalidArgumentError(
            f"A constraint on {scheme.name} needs a value.",
            remedy=f"Only {', '.join(sorted(each.name for each in EACH))} can be bounded for each value.",
            argument="constraints",
            value=scheme.name,
        )
    values = known.values.get(scheme)
    if value is not None and values is not None and value not in values:
        raise UnknownKeyError(
            f"There is no '{value[:_SHOWN]}' of {scheme.name}.",
            remedy="Ask for the keys of the list first.",
            argument="constraints",
            value=value[:_SHOWN],
        )


def closed_values() -> Mapping[SlateScheme, frozenset[str]]:
    """The values of the schemes that are the same in every graph."""
    answers = frozenset(_ANSWERS.values())
    return {
        SlateScheme.KIND: frozenset(OrganizationKind.__members__),
        SlateScheme.NEWCOMER: answers - {UNKNOWN},
        SlateScheme.VICTIM_LED: answers,
        SlateScheme.GRASSROOTS: answers,
    }


def _within(themes: set[str], broader: Mapping[str, frozenset[str]]) -> set[str]:
    found, wave = set(themes), set(themes)
    while wave:
        wave = {above for theme in wave for above in broader.get(theme, frozenset())} - found
        found |= wave
    return found
