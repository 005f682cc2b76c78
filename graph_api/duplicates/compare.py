"""How alike two records are: their names and aliases, their short forms, and where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph_api.duplicates.compare_names import Weigher, compare_names
from graph_api.duplicates.lexicon import Lexicon
from graph_api.duplicates.name_form import NameForm, name_form, short_form
from graph_api.duplicates.records import NO_EVIDENCE, Comparison, MatchableRecord, ReasonKind

MAX_NAMES = 12
"""Names of a record that are compared; each one is compared with each of the other's."""
SAME_PLACE, OTHER_PLACE = 0.15, 0.5
SAME_HOST, OTHER_HOST = 0.6, 0.15
OTHER_ACRONYM = 0.15
SAME_ACRONYM_BY_LETTERS = (0.0, 0.0, 0.3, 0.5, 0.7, 0.85)
INITIALS_BY_LETTERS = (0.0, 0.0, 0.0, 0.35, 0.6, 0.8)
"""How much a short form of that many letters, or the most that is listed, is worth when no other record
bears it; chance makes the shorter ones meet."""
BESIDE_NAMES = 0.3
"""What is left of that worth where both also have full names: those decide."""

Others: TypeAlias = "Callable[[str, PreparedRecord, PreparedRecord], int]"
"""How many records beside two bear a short form, or have a name that it can be made of."""


def nobody_else(_short: str, _left: PreparedRecord, _right: PreparedRecord) -> int:
    """The other bearers of a short form where no other records are known."""
    return 0


@dataclass(frozen=True, slots=True)
class PreparedRecord:
    """A record with its names taken apart. ``acronyms`` are those that it declares or its names show."""

    record: MatchableRecord
    forms: tuple[NameForm, ...]
    acronyms: frozenset[str]
    initials: frozenset[str]
    only_short: bool


def prepared(record: MatchableRecord, lexicon: Lexicon) -> PreparedRecord:
    """Take a record's names apart, once for all comparisons."""
    forms = tuple(name_form(name, lexicon) for name in record.names[:MAX_NAMES] if name.strip())
    declared = {short for text in record.acronyms if (short := short_form(text))}
    shown = {short for form in forms for short in form.acronyms}
    return PreparedRecord(
        record,
        forms,
        frozenset(declared | shown),
        frozenset(letters for form in forms for letters in form.initials),
        all(form.compact in form.acronyms for form in forms),
    )


def compare(
    left: PreparedRecord,
    right: PreparedRecord,
    weigh: Weigher,
    others: Others = nobody_else,
) -> Comparison:
    """How alike two records are, and why; the same whichever of them comes first."""
    # Words that could be matched in two ways are matched in the order of the left name.
    left, right = sorted((left, right), key=lambda each: (each.record.identity, each.record.names))
    found = max(
        (compare_names(one, other, weigh) for one in left.forms for other in right.forms),
        key=lambda each: each.score,
        default=NO_EVIDENCE,
    )
    found = _with_acronyms(found, left, right, others)
    # Without anything in their names, a place or a website says too little.
    found = _with_place(found, left.record, right.record)
    return _with_website(found, left.record, right.record, weigh.lexicon)


def _with_acronyms(
    found: Comparison, left: PreparedRecord, right: PreparedRecord, others: Others
) -> Comparison:
    # Where both also have full names, those decide.
    share = 1.0 if left.only_short or right.only_short else BESIDE_NAMES
    same = left.acronyms & right.acronyms
    # A name that is a short form was compared as a name already.
    if same and not (left.only_short and right.only_short):
        weights = _weights(same, SAME_ACRONYM_BY_LETTERS, left, right, others)
        return _with_short(found, ReasonKind.SAME_ACRONYM, weights, share)
    made = left.acronyms & right.initials | right.acronyms & left.initials
    if made:
        weights = _weights(made, INITIALS_BY_LETTERS, left, right, others)
        return _with_short(found, ReasonKind.INITIALS, weights, share)
    if left.acronyms and right.acronyms:
        shown = " / ".join(", ".join(sorted(each)) for each in (left.acronyms, right.acronyms))
        return found.with_evidence(ReasonKind.OTHER_ACRONYM, -OTHER_ACRONYM, shown)
    return found


def _weights(
    shared: frozenset[str],
    worth: tuple[float, ...],
    left: PreparedRecord,
    right: PreparedRecord,
    others: Others,
) -> dict[str, float]:
    """What each short form is worth: less, the more other records it could stand for."""
    return {
        short: worth[min(len(short), len(worth) - 1)] / (1 + others(short, left, right))
        for short in sorted(shared)
    }


def _with_short(found: Comparison, kind: ReasonKind, weights: dict[str, float], share: float) -> Comparison:
    best = max(weights, key=lambda short: weights[short])
    return found.with_evidence(kind, share * weights[best], best)


def _with_place(found: Comparison, left: MatchableRecord, right: MatchableRecord) -> Comparison:
    if not left.places or not right.places:
        return found
    same = left.places & right.places
    if same:
        # Nothing in common but the place is no evidence.
        weight = SAME_PLACE if found.score else 0.0
        return found.with_evidence(ReasonKind.SAME_PLACE, weight, ", ".join(sorted(same)))
    detail = " / ".join(", ".join(sorted(each)) for each in (left.places, right.places))
    return found.with_evidence(ReasonKind.OTHER_PLACE, -OTHER_PLACE, detail)


def _with_website(
    found: Comparison, left: MatchableRecord, right: MatchableRecord, lexicon: Lexicon
) -> Comparison:
    hosts = {left.host, right.host}
    if "" in hosts or hosts & lexicon.shared_hosts:
        return found
    if len(hosts) == 1:
        return found.with_evidence(ReasonKind.SAME_WEBSITE, SAME_HOST, left.host)
    return found.with_evidence(ReasonKind.OTHER_WEBSITE, -OTHER_HOST, f"{left.host} / {right.host}")
