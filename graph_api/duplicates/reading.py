"""Reading everything that is compared, and every judgement, in one statement: as a viewer may see it.

The parts are plans like those of questions, so that what a viewer may not see does not exist here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import cast
from urllib.parse import urlsplit

from graph_api.cypher.names import Scope, Variables
from graph_api.cypher.rows import connection
from graph_api.cypher.statement import Statement
from graph_api.duplicates.identity import ComparedKind, Identity, JudgedBy
from graph_api.duplicates.records import MatchableRecord, RecordId
from graph_api.ontology.model import NodeType, Ontology
from graph_api.plan.policy import Policy
from graph_api.plan.restriction import Restriction
from graph_api.plan.sight import visibility_of
from graph_api.plan.tree import Connection, NodeColumn, Parameter
from graph_api.plan.whole_lists import (
    ends_of,
    key_column,
    related_column,
    stored_column,
    texts_of,
    whole_list,
)
from graph_api.values import Value

MOST_RECORDS = 1_000_000
MOST_RELATED = 100
"""Records of a kind that are read, and records that one judgement is about or places that one record has."""
_RECORDS, _RELATED, _LEVEL = Parameter("records"), Parameter("related"), Parameter("level")
_NAMES, _ACRONYMS, _PLACE, _WEBSITE = "names", "acronyms", "place", "website"


@dataclass(frozen=True, slots=True)
class Known:
    """What was read: the records, and the pairs that somebody has judged."""

    records: tuple[MatchableRecord, ...]
    judged: frozenset[frozenset[RecordId]]


def read_known(identity: Identity, role: str) -> Statement:
    """The statement that reads everything for a role; ``known_of`` reads its row.

    Every node that it touches is checked for being restricted: all of them are read anyway, and so the text
    does not depend on what is restricted now.
    """
    ontology = identity.ontology
    seen = visibility_of(ontology, role, ontology.nodes)
    restriction = Restriction(ontology, seen.restricted, _LEVEL) if seen.restricted else None
    policy, variables = Policy(ontology, role, restriction), Variables()
    lists = [_records(each, identity.ontology, policy) for each in identity.kinds]
    lists += [_judgements(identity.judged, identity.ontology)] if identity.judged else []
    texts = (connection(policy.applied(each), Scope("none"), variables) for each in lists)
    values: dict[str, Value] = {_RECORDS.name: MOST_RECORDS, _RELATED.name: MOST_RELATED}
    if restriction is not None:
        values[_LEVEL.name] = seen.level
    return Statement(f"RETURN [{', '.join(texts)}] AS row", values)


def known_of(identity: Identity, role: str, rows: Sequence[Sequence[object]]) -> Known:
    """What the statement gave."""
    policy = Policy(identity.ontology, role)
    lists = cast("list[list[list[object]]]", rows[0][0])
    records: list[MatchableRecord] = []
    for compared, found in zip(identity.kinds, lists, strict=False):
        slots = [slot for slot, _ in _columns(compared, identity.ontology, policy)]
        records += (_record(compared.kind, slots, row) for row in found)
    judged = lists[len(identity.kinds)] if identity.judged else []
    pairs = (pair for row in judged for pair in _judged_pairs(cast("JudgedBy", identity.judged), row))
    return Known(tuple(records), frozenset(pairs))


def host_of(website: str) -> str:
    """The host of an address, without ``www.`` and a port; nothing where it has none."""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").rstrip(".")


def _records(compared: ComparedKind, ontology: Ontology, policy: Policy) -> Connection:
    columns = [column for _, column in _columns(compared, ontology, policy)]
    return whole_list(compared.kind, columns, _RECORDS)


def _judgements(judged: JudgedBy, ontology: Ontology) -> Connection:
    related = (related_column(relation, ontology, _RELATED) for relation in judged.about)
    return whole_list(judged.kind, [key_column(judged.kind), *related], _RECORDS)


def _columns(compared: ComparedKind, ontology: Ontology, policy: Policy) -> Iterator[tuple[str, NodeColumn]]:
    """The columns of a kind after its key, each with what it is for; hidden ones are left out."""
    yield "key", key_column(compared.kind)
    for found in filter(policy.sees, compared.names):
        yield _NAMES, stored_column(found.name, found)
        if found.localized and ontology.languages is not None:
            for language in ontology.languages:
                yield _NAMES, stored_column(found.in_language(language.name), found)
    for found in filter(policy.sees, compared.acronyms):
        yield _ACRONYMS, stored_column(found.name, found)
    if compared.website is not None and policy.sees(compared.website):
        yield _WEBSITE, stored_column(compared.website.name, compared.website)
    if compared.place is not None:
        yield _PLACE, related_column(compared.place, ontology, _RELATED)


def _record(kind: NodeType, slots: Sequence[str], row: list[object]) -> MatchableRecord:
    texts: dict[str, list[str]] = {_NAMES: [], _ACRONYMS: [], _PLACE: [], _WEBSITE: []}
    for slot, value in zip(slots[1:], row[1:], strict=True):
        texts[slot] += [key for _, key in ends_of(value, "")] if slot == _PLACE else texts_of(value)
    return MatchableRecord(
        kind.name,
        str(row[0]),
        tuple(dict.fromkeys(texts[_NAMES])),
        tuple(dict.fromkeys(texts[_ACRONYMS])),
        frozenset(texts[_PLACE]),
        host_of(texts[_WEBSITE][0]) if texts[_WEBSITE] else "",
    )


def _judged_pairs(judged: JudgedBy, row: list[object]) -> Iterable[frozenset[RecordId]]:
    """Every pair of the records that one judgement is about."""
    about = [
        end
        for relation, value in zip(judged.about, row[1:], strict=True)
        for end in ends_of(value, relation.target)
    ]
    return (frozenset(pair) for pair in combinations(about, 2))
