"""Records made of names, and a lexicon: what the tests of comparison start from."""

from __future__ import annotations

from graph_api.duplicates.compare import PreparedRecord, compare, prepared
from graph_api.duplicates.compare_names import Weigher
from graph_api.duplicates.lexicon import lexicon_of
from graph_api.duplicates.records import Comparison, MatchableRecord, ReasonKind
from schema.name_words import NAME_WORDS

LEXICON = lexicon_of(NAME_WORDS)
WEIGHER = Weigher(LEXICON)


def record(name: str, key: str = "", **more: object) -> MatchableRecord:
    """A record with this name."""
    return MatchableRecord("Thing", key or name, (name,), **more)  # type: ignore[arg-type]


def ready(name: str, **more: object) -> PreparedRecord:
    """The same, taken apart."""
    return prepared(record(name, name, **more), LEXICON)


def compared(one: str, other: str) -> Comparison:
    """How alike two names are where no other names are known."""
    return compare(ready(one), ready(other), WEIGHER)


def kinds(found: Comparison) -> set[ReasonKind]:
    """The kinds of the reasons of a comparison."""
    return {reason.kind for reason in found.reasons}
