"""Reading all names, and where everything lies, in one statement each: as a viewer may see it.

The parts are plans like those of questions, so that what a viewer may not see does not exist here either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias, cast

from graph_api.cypher.names import Scope, Variables
from graph_api.cypher.rows import connection
from graph_api.cypher.statement import Statement
from graph_api.ontology.model import Relation
from graph_api.plan.as_of import as_of
from graph_api.plan.policy import Policy
from graph_api.plan.restriction import Restriction
from graph_api.plan.sight import visibility_of
from graph_api.plan.tree import Connection, Parameter
from graph_api.plan.whole_lists import (
    ends_of,
    key_column,
    related_column,
    stored_column,
    texts_of,
    whole_list,
)
from graph_api.search.places import Places, places_of
from graph_api.search.records import EntityId, SearchedRecord
from graph_api.search.scheme import SearchedKind, SearchScheme, stored_names
from graph_api.values import Value

MOST_ENTITIES = 1_000_000
MOST_RELATED = 100
"""Entities of a kind that are read, and nodes of one relation of an entity."""
_ENTITIES, _RELATED, _LEVEL, _DAY = map(Parameter, ("entities", "related", "level", "day"))
_Listed: TypeAlias = Callable[[SearchedKind, Policy], Connection]


def read_names(scheme: SearchScheme, role: str) -> Statement:
    """The statement that reads the names for a role; ``names_of`` reads its row."""
    return _statement(scheme, role, _names, None)


def names_of(scheme: SearchScheme, rows: Sequence[Sequence[object]]) -> list[SearchedRecord]:
    """What the statement gave, in the order of kinds and keys, without entities that have no name."""
    lists = cast("list[list[list[object]]]", rows[0][0])
    found = (
        SearchedRecord(each.kind.name, str(row[0]), _texts(row[1:]))
        for each, listed in zip(scheme.kinds, lists, strict=True)
        for row in sorted(listed, key=lambda row: str(row[0]))
    )
    return [record for record in found if record.names]


def read_places(scheme: SearchScheme, role: str, day: date | None) -> Statement:
    """The statement that reads where everything lies, on a day or ever; ``places_in`` reads its row."""

    def listed(each: SearchedKind, _policy: Policy) -> Connection:
        related = (related_column(relation, scheme.ontology, _RELATED) for relation in _relations(each))
        return whole_list(each.kind, [key_column(each.kind), *related], _ENTITIES)

    return _statement(scheme, role, listed, day)


def places_in(scheme: SearchScheme, rows: Sequence[Sequence[object]]) -> Places:
    """What the statement gave."""
    lists = cast("list[list[list[object]]]", rows[0][0])
    above: dict[EntityId, list[EntityId]] = {}
    places: dict[EntityId, list[EntityId]] = {}
    for each, listed in zip(scheme.kinds, lists, strict=True):
        into = above if each.up is not None else places
        for row in listed:
            relations = zip(_relations(each), row[1:], strict=True)
            ends = [end for relation, value in relations for end in ends_of(value, relation.target)]
            if ends or into is above:
                into[each.kind.name, str(row[0])] = ends
    return places_of(scheme, above, places)


def _statement(scheme: SearchScheme, role: str, listed: _Listed, day: date | None) -> Statement:
    """A list of the nodes of each kind.

    Every node is checked for being restricted: all are read anyway, and so the text does not depend on what
    is restricted now.
    """
    seen = visibility_of(scheme.ontology, role, scheme.ontology.nodes)
    restriction = Restriction(scheme.ontology, seen.restricted, _LEVEL) if seen.restricted else None
    policy, variables = Policy(scheme.ontology, role, restriction), Variables()
    plans: Iterable[Connection] = [policy.applied(listed(each, policy)) for each in scheme.kinds]
    values: dict[str, Value] = {_ENTITIES.name: MOST_ENTITIES, _RELATED.name: MOST_RELATED}
    if restriction is not None:
        values[_LEVEL.name] = seen.level
    if day is not None:
        plans = [as_of(plan, _DAY) for plan in plans]
        values[_DAY.name] = day
    texts = (connection(plan, Scope("none"), variables) for plan in plans)
    return Statement(f"RETURN [{', '.join(texts)}] AS row", values)


def _names(each: SearchedKind, policy: Policy) -> Connection:
    columns = (
        stored_column(name, found)
        for found in filter(policy.sees, each.names)
        for name in stored_names(found, policy.ontology)
    )
    return whole_list(each.kind, [key_column(each.kind), *columns], _ENTITIES)


def _relations(each: SearchedKind) -> tuple[Relation, ...]:
    return each.places if each.up is None else (each.up, *each.places)


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values for text in texts_of(value)))
