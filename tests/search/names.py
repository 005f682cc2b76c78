"""Records made of names, and an index of them: what the tests of searching start from."""

from __future__ import annotations

from graph_api.duplicates.lexicon import lexicon_of
from graph_api.search.index import SearchIndex, search_index
from graph_api.search.records import SearchedRecord
from schema.name_words import NAME_WORDS

LEXICON = lexicon_of(NAME_WORDS)


def index(*records: tuple[str, ...] | str) -> SearchIndex:
    """An index of records with these names; the key of each is its place, from 0."""
    names = (each if isinstance(each, tuple) else (each,) for each in records)
    return search_index((SearchedRecord("Thing", f"k{at}", each) for at, each in enumerate(names)), LEXICON)


def found(known: SearchIndex, text: str) -> list[str]:
    """The names by which records are found, the best first."""
    return [hit.name for hit in known.search(text)]
