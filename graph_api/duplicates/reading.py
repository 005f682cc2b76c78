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
from graph_api.ontology.model import NodeType, Ontology, Property, Relation
from graph_api.plan.policy import Policy
from graph_api.plan.restriction import Restriction
from graph_api.plan.sight import visibility_of
from graph_api.plan.tree import (
    ALWAYS,
    Column,
    Connection,
    ConnectionColumn,
    Holder,
    NodeColumn,
    NodeList,
    OneColumn,
    OrderKey,
    Page,
    Parameter,
    Projection,
    Scan,
    Stored,
    Traverse,
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
    columns = tuple(column for _, column in _columns(compared, ontology, policy))
    return _list(Scan(compared.kind), compared.kind, columns, _RECORDS)


def _judgements(judged: JudgedBy, ontology: Ontology) -> Connection:
    columns: list[NodeColumn] = [_stored(judged.kind.key.name, judged.kind.key)]
    columns += (_related(relation, ontology) for relation in judged.about)
    return _list(Scan(judged.kind), judged.kind, tuple(columns), _RECORDS)


def _columns(compared: ComparedKind, ontology: Ontology, policy: Policy) -> Iterator[tuple[str, NodeColumn]]:
    """The columns of a kind after its key, each with what it is for; hidden ones are left out."""
    yield "key", _stored(compared.kind.key.name, compared.kind.key)
    for found in filter(policy.sees, compared.names):
        yield _NAMES, _stored(found.name, found)
        if found.localized and ontology.languages is not None:
            for language in ontology.languages:
                yield _NAMES, _stored(found.in_language(language.name), found)
    for found in filter(policy.sees, compared.acronyms):
        yield _ACRONYMS, _stored(found.name, found)
    if compared.website is not None and policy.sees(compared.website):
        yield _WEBSITE, _stored(compared.website.name, compared.website)
    if compared.place is not None:
        yield _PLACE, _related(compared.place, ontology)


def _stored(name: str, found: Property) -> Column:
    return Column(name, Stored(Holder.NODE, name, nullable=True), found)


def _related(relation: Relation, ontology: Ontology) -> NodeColumn:
    """The keys at the other end of a relation."""
    target = ontology.node(relation.target)
    traverse = Traverse(relation, target)
    if not relation.many:
        return OneColumn(relation.end.field, traverse, _keys(target, ontology))
    found = _list(traverse, target, None, _RELATED, ontology)
    return ConnectionColumn(relation.end.field, found)


def _keys(kind: NodeType, ontology: Ontology) -> Projection:
    concrete = (ontology.node(name) for name in kind.concrete)
    by_kind = tuple((each, (_stored(each.key.name, each.key),)) for each in concrete)
    return Projection(by_kind, tagged=kind.abstract)


def _list(
    source: Scan | Traverse,
    kind: NodeType,
    columns: tuple[NodeColumn, ...] | None,
    limit: Parameter,
    ontology: Ontology | None = None,
) -> Connection:
    """All nodes of a source in the order of their keys, with these columns, or with their keys alone."""
    if columns is None and ontology is not None:
        projection = _keys(kind, ontology)
    else:
        projection = Projection(((kind, columns or ()),), tagged=False)
    key = OrderKey(Stored(Holder.NODE, kind.key.name, nullable=False), descending=False)
    page = Page((key,), limit, None)
    return Connection(kind.name, source, ALWAYS, page, (NodeList("nodes", projection),), "", False)


def _record(kind: NodeType, slots: Sequence[str], row: list[object]) -> MatchableRecord:
    texts: dict[str, list[str]] = {_NAMES: [], _ACRONYMS: [], _PLACE: [], _WEBSITE: []}
    for slot, value in zip(slots[1:], row[1:], strict=True):
        texts[slot] += [key for _, key in _ends(value, "")] if slot == _PLACE else _texts(value)
    return MatchableRecord(
        kind.name,
        str(row[0]),
        tuple(dict.fromkeys(texts[_NAMES])),
        tuple(dict.fromkeys(texts[_ACRONYMS])),
        frozenset(texts[_PLACE]),
        host_of(texts[_WEBSITE][0]) if texts[_WEBSITE] else "",
    )


def _texts(value: object) -> list[str]:
    values = cast("list[object]", value if isinstance(value, list) else [value])
    return [str(each) for each in values if each]


def _ends(value: object, kind: str) -> list[RecordId]:
    """The nodes of a to-one relation's row, or of a list of rows; a tag in front of a key names its kind."""
    if not isinstance(value, list) or not value:
        return []
    rows = cast("list[list[object]]", value if isinstance(value[0], list) else [value])
    return [(str(row[0]) if len(row) > 1 else kind, str(row[-1])) for row in rows]


def _judged_pairs(judged: JudgedBy, row: list[object]) -> Iterable[frozenset[RecordId]]:
    """Every pair of the records that one judgement is about."""
    about = [
        end
        for relation, value in zip(judged.about, row[1:], strict=True)
        for end in _ends(value, relation.target)
    ]
    return (frozenset(pair) for pair in combinations(about, 2))
