"""Sources with a licence, terms, thematic areas and their narrower topics."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.imports import Row, Table
from graph_api.imports.records import Record
from schema.edges.themes import NarrowerThan
from schema.kinds.source import Source
from schema.kinds.term import Term
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import SourceKind, Vocabulary
from seeds.facts import Facts, dataset_key, ref, url_key
from seeds.files import columns

_NOT_ON_GITHUB = "(not GitHub) "


def dataset(row: Row) -> Iterator[Record]:
    """A published data set, with its licence and its version."""
    facts = Facts(row)
    yield from facts.sources
    repository, path = row["repository"], row["path"]
    elsewhere = repository.startswith(_NOT_ON_GITHUB)
    url = path if elsewhere else _tree(repository, row["commit"])
    yield facts.node(
        Source,
        f"{url_key(path)}-dataset" if elsewhere else dataset_key(repository, row["commit"]),
        name=row["what"],
        kind=SourceKind.DATASET,
        url=url,
        publisher=repository.removeprefix(_NOT_ON_GITHUB) if elsewhere else f"github.com/{repository}",
        licence=row["licence"],
        version=row["commit"],
        verification=row["verification"],
        note=_dataset_note(row, path),
    )


def _tree(repository: str, commit: str) -> str:
    return f"https://github.com/{repository}/tree/{commit}" if commit else f"https://github.com/{repository}"


def _dataset_note(row: Row, path: str) -> str:
    rows = f"rows: {row['rows']}" if row["rows"] else ""
    return "; ".join(part for part in (f"path: {path}", rows, row["note"]) if part)


def network_kind(row: Row) -> Iterator[Record]:
    """A kind of network, as the networks' own papers define it."""
    yield from _term(row, Vocabulary.NETWORK_KIND, f"Scope: {row['scope']}")


def network_role(row: Row) -> Iterator[Record]:
    """A role inside a network, as the networks' own papers define it."""
    yield from _term(row, Vocabulary.NETWORK_ROLE, row["rule"])


def _term(row: Row, vocabulary: Vocabulary, rule: str) -> Iterator[Record]:
    facts = Facts(row)
    yield from facts.sources
    yield facts.node(
        Term,
        row["code"],
        name=row["label"],
        vocabulary=vocabulary,
        rule=rule,
        verification=row["verification"],
    )


def thematic_area(row: Row) -> Iterator[Record]:
    """One of the NET4U thematic areas."""
    facts = Facts(row)
    yield from facts.sources
    yield facts.node(ThematicArea, row["code"], name=row["label"], verification=row["verification"])


def thematic_topic(row: Row) -> Iterator[Record]:
    """A narrower topic, below one thematic area or several."""
    facts = Facts(row)
    yield from facts.sources
    topic = facts.node(
        ThematicArea, row["code"], name=row["label"], verification=row["verification"], note=row["note"]
    )
    yield topic
    for broader in row["broader"].split("|"):
        yield facts.edge(NarrowerThan, topic.ref, ref(ThematicArea, broader))


DATASETS = Table(dataset, columns("what repository path commit licence rows note verification source"))
NETWORK_KINDS = Table(network_kind, ("code", "label", "scope", "verification", "source"))
NETWORK_ROLES = Table(network_role, ("code", "label", "rule", "verification", "source"))
THEMATIC_AREAS = Table(thematic_area, ("code", "label", "verification", "source"))
THEMATIC_TOPICS = Table(thematic_topic, ("code", "label", "broader", "verification", "source", "note"))
