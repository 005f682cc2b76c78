"""What each criterion says of an organization: a value in thousandths, why, and what is missing.

More facts never make a value smaller: each is the best of its facts, or grows with their number. The one
exception is being a newcomer, which is off unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from graph_api.matching.scores import Assessment
from graph_api.matching.weights import WHOLE
from schema.matching.facts import Expertise, OrganizationFacts, TakenPart, Wanted
from schema.vocabulary import EventKind, ExpertiseLevel


class MatchCriterion(Enum):
    """What can speak for an organization. A member's value explains it."""

    EXPERTISE = "Expertise on the topic: the level stated, what shows it, events on it, and its sources."
    DIALOGUES = "Constructive dialogues that it attended before."
    FRESHNESS = "How recent the newest dated fact about it is."
    SUPPORT = "Victim-led or grassroots, where travel support is asked for."
    REGION = "Based in a region or country asked for. Off unless asked for: no published criterion."
    NETWORK = "Member of a network asked for."
    LANGUAGES = "The share of the languages asked for that it works in."
    NEWCOMER = "Never attended a dialogue before. Off unless asked for: no published criterion."


LEVELS = {ExpertiseLevel.EXPERT: 600, ExpertiseLevel.ACTIVE: 400, ExpertiseLevel.INTERESTED: 150}
"""Parts of the expertise value: a stated level alone is not yet proof, so the best gives six tenths."""
_UNSTATED_LEVEL = 150
_SHOWN = 100
_EVENTS = (0, 100, 150, 200)
_SOURCES = (0, 50, 100)
_DIALOGUES = (0, 500, 750, WHOLE)
_YEARS = ((1, WHOLE), (2, 667), (3, 333))
_DAYS = 365


def assess(facts: OrganizationFacts, wanted: Wanted) -> Iterator[Assessment]:
    """What every criterion says that applies to what is wanted."""
    if wanted.topics:
        yield _expertise(facts, wanted)
    yield _dialogues(facts)
    yield _freshness(facts, wanted)
    if wanted.travel_support:
        yield _support(facts)
    if wanted.regions:
        yield _region(facts, wanted)
    if wanted.networks:
        yield _network(facts, wanted)
    if wanted.languages:
        yield _languages(facts, wanted)
    if wanted.newcomers:
        yield _newcomer(facts)


def _expertise(facts: OrganizationFacts, wanted: Wanted) -> Assessment:
    """The level counts in full on the topic and within it, and by half one step above it.

    What shows it, events on it and sources count one by one, so that a new fact takes nothing away.
    """
    relevant = [each for each in facts.expertise if each.theme in wanted.topics]
    events = [each for each in facts.participations if any(wanted.topics.get(t) == 0 for t in each.themes)]
    sources = dict.fromkeys(key for each in relevant for key in each.sources)
    level = max((_level(each, wanted) for each in relevant), default=0)
    shown = [each for each in relevant if each.evidence]
    value = (
        level + (_SHOWN if shown else 0) + _counted(_EVENTS, len(events)) + _counted(_SOURCES, len(sources))
    )
    reasons, gaps = [], []
    if relevant:
        best = max(relevant, key=lambda each: (_level(each, wanted), each.theme))
        reasons.append(_level_text(best, wanted))
    else:
        gaps.append("no expertise on the topic is recorded")
    if relevant and level < LEVELS[ExpertiseLevel.EXPERT]:
        gaps.append("not stated as expert on the topic itself")
    if shown:
        reasons.append("shown by: " + "; ".join(sorted({each.evidence for each in shown})))
    else:
        gaps.append("nothing is named that shows it")
    if events:
        reasons.append(_count(len(events), "event") + " on the topic: " + _events(events))
    if len(events) < len(_EVENTS) - 1:
        gaps.append(f"fewer than {len(_EVENTS) - 1} events on the topic")
    if sources:
        reasons.append("stated by " + _count(len(sources), "source"))
    if len(sources) < len(_SOURCES) - 1:
        gaps.append(f"fewer than {len(_SOURCES) - 1} sources")
    cited = dict.fromkeys([*sources, *(key for each in events for key in each.sources)])
    return _made(MatchCriterion.EXPERTISE, value, "; ".join(reasons), "; ".join(gaps), tuple(cited))


def _dialogues(facts: OrganizationFacts) -> Assessment:
    found = dialogues_of(facts)
    value = _counted(_DIALOGUES, len(found))
    reason = f"attended {_count(len(found), 'dialogue')}: {_events(found)}"
    missing = "no dialogue before" if not found else f"fewer than {len(_DIALOGUES) - 1} dialogues"
    return _made(MatchCriterion.DIALOGUES, value, reason, missing, _cited(found))


def _freshness(facts: OrganizationFacts, wanted: Wanted) -> Assessment:
    dates = [each.since for each in facts.expertise if each.since and each.since <= wanted.on]
    newest = max([*dates, *(each.start for each in facts.participations)], default=None)
    if newest is None:
        return _made(MatchCriterion.FRESHNESS, 0, "", "no dated fact")
    age = (wanted.on - newest).days
    value = next((value for years, value in _YEARS if age <= years * _DAYS), 0)
    text = f"the newest dated fact is of {newest.isoformat()}"
    return _made(MatchCriterion.FRESHNESS, value, text, text)


def _support(facts: OrganizationFacts) -> Assessment:
    found = [
        name for name, value in (("victim-led", facts.victim_led), ("grassroots", facts.grassroots)) if value
    ]
    unknown = facts.victim_led is None or facts.grassroots is None
    missing = "not known whether victim-led or grassroots" if unknown else "neither victim-led nor grassroots"
    return _made(MatchCriterion.SUPPORT, WHOLE if found else 0, " and ".join(found), missing, facts.sources)


def _region(facts: OrganizationFacts, wanted: Wanted) -> Assessment:
    within = sorted(facts.places & wanted.regions)
    missing = "its country is not known" if facts.country is None else f"based in {facts.country}"
    reason = f"based in {facts.country}, within {', '.join(within)}"
    return _made(MatchCriterion.REGION, WHOLE if within else 0, reason, missing, facts.sources)


def _network(facts: OrganizationFacts, wanted: Wanted) -> Assessment:
    found = sorted(facts.networks & wanted.networks)
    reason = "member of " + ", ".join(found)
    return _made(MatchCriterion.NETWORK, WHOLE if found else 0, reason, "member of none of the networks")


def _languages(facts: OrganizationFacts, wanted: Wanted) -> Assessment:
    found, missing = wanted.languages & facts.languages, wanted.languages - facts.languages
    value = WHOLE * len(found) // len(wanted.languages)
    gap = f"not known to work in {', '.join(sorted(missing))}"
    return _made(MatchCriterion.LANGUAGES, value, f"works in {', '.join(sorted(found))}", gap, facts.sources)


def _newcomer(facts: OrganizationFacts) -> Assessment:
    found = dialogues_of(facts)
    gap = f"attended {_count(len(found), 'dialogue')} before"
    return _made(MatchCriterion.NEWCOMER, 0 if found else WHOLE, "no dialogue before", gap, _cited(found))


def dialogues_of(facts: OrganizationFacts) -> list[TakenPart]:
    """The constructive dialogues among the events that it took part in."""
    return [each for each in facts.participations if each.kind is EventKind.CONSTRUCTIVE_DIALOGUE]


def _made(
    criterion: MatchCriterion, value: int, reason: str, gap: str, sources: tuple[str, ...] = ()
) -> Assessment:
    return Assessment(
        criterion.name, value, reason if value else "", gap if value < WHOLE else "", sources if value else ()
    )


def _level(found: Expertise, wanted: Wanted) -> int:
    level = LEVELS[found.level] if found.level else _UNSTATED_LEVEL
    return level // (1 + wanted.topics[found.theme])


def _level_text(found: Expertise, wanted: Wanted) -> str:
    steps = wanted.topics[found.theme]
    level = found.level.name.lower() if found.level else "works"
    return f"{level} on {found.theme}" + (f" ({_count(steps, 'step')} above the topic)" if steps else "")


def _counted(values: tuple[int, ...], count: int) -> int:
    """The value for so many facts; the last one for more."""
    return values[min(count, len(values) - 1)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _events(found: list[TakenPart]) -> str:
    return ", ".join(sorted({each.event for each in found}))


def _cited(found: list[TakenPart]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in found for key in each.sources))
