"""Records against the ontology: what may be stored, in the form in which it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph_api.imports.records import (
    BrokenRowError,
    EdgeRecord,
    NodeRecord,
    NodeRef,
    Raw,
    RowError,
    RowPlace,
    StoredEdge,
    StoredNode,
)
from graph_api.imports.values import UnusableValueError, check_key, stored
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType, NodeType, Property
from graph_api.values import Value

KEY = "key"
SOURCES = "sources"


def stored_node(ontology: Ontology, record: NodeRecord, place: RowPlace) -> StoredNode:
    """The node as it is stored; raises ``BrokenRowError`` with everything that is wrong with it."""
    kind = ontology.nodes.get(record.kind)
    if kind is None or kind.abstract:
        raise BrokenRowError([RowError(place, "", record.kind, "no such kind is stored")])
    flaws = _Flaws(place)
    _check_ref(flaws, KEY, record.ref)
    properties = _properties(flaws, ontology, kind, kind.properties, record.properties)
    if record.kind != ontology.source_kind:
        _check_sources(flaws, properties)
    flaws.raise_if_any()
    return StoredNode(record.ref, {KEY: record.key, **properties}, record.mention, place)


def stored_edge(ontology: Ontology, record: EdgeRecord, place: RowPlace) -> StoredEdge:
    """The edge as it is stored; raises ``BrokenRowError`` with everything that is wrong with it."""
    edge = ontology.edges.get(record.edge)
    if edge is None:
        raise BrokenRowError([RowError(place, "", record.edge, "no such edge is stored")])
    flaws = _Flaws(place)
    for column, end, kind in (("source", record.source, edge.source), ("target", record.target, edge.target)):
        _check_ref(flaws, column, end)
        if end.kind not in ontology.node(kind).concrete:
            flaws.add(column, str(end), f"{edge.name} does not end at a {end.kind}")
    properties = _properties(flaws, ontology, edge, edge.properties, record.properties)
    _check_sources(flaws, properties)
    _check_spell(flaws, edge, properties)
    flaws.raise_if_any()
    key = edge_key(edge, record.source, record.target, properties)
    return StoredEdge(edge.name, key, record.source, record.target, {KEY: key, **properties}, place)


def stored_values(
    ontology: Ontology,
    owner: NodeType | EdgeType,
    declared: tuple[Property, ...],
    given: Mapping[str, Raw],
    place: RowPlace,
) -> dict[str, Value]:
    """Some properties as they are stored, without those not given; raises ``BrokenRowError``."""
    flaws = _Flaws(place)
    named = tuple(found for found in declared if _is_given(ontology, found, given))
    properties = _properties(flaws, ontology, owner, named, given, partly=True)
    flaws.raise_if_any()
    return properties


def _is_given(ontology: Ontology, found: Property, given: Mapping[str, Raw]) -> bool:
    return any(name in given for name, _ in _forms(ontology, found))


def edge_key(edge: EdgeType, source: NodeRef, target: NodeRef, properties: Mapping[str, Value]) -> str:
    """Its ends, and what tells it from its parallels: its vocabularies that do, and its beginning."""
    telling = [found.name for found in edge.properties if found.tells_apart]
    if edge.dated:
        telling.append("since")
    parts = [str(properties[name]) for name in telling if properties.get(name) is not None]
    return "|".join((source.key, target.key, *parts))


@dataclass(slots=True)
class _Flaws:
    place: RowPlace
    found: list[RowError] = field(default_factory=list)

    def add(self, column: str, value: object, reason: str) -> None:
        self.found.append(RowError(self.place, column, "" if value is None else str(value)[:200], reason))

    def raise_if_any(self) -> None:
        if self.found:
            raise BrokenRowError(self.found)


def _properties(
    flaws: _Flaws,
    ontology: Ontology,
    owner: NodeType | EdgeType,
    declared: tuple[Property, ...],
    given: Mapping[str, Raw],
    *,
    partly: bool = False,
) -> dict[str, Value]:
    result: dict[str, Value] = {}
    known: set[str] = set()
    for found in declared:
        if found.name == KEY:
            continue
        for name, form in _forms(ontology, found):
            known.add(name)
            if partly and name not in given:
                continue
            try:
                result |= _stored_as(form, name, given.get(name))
            except UnusableValueError as problem:
                flaws.add(name, given.get(name), str(problem))
    for name in given:
        if name not in known:
            flaws.add(name, given[name], f"{owner.name} has no such property")
    return result


def _forms(ontology: Ontology, found: Property) -> Iterable[tuple[str, Property]]:
    """The property itself and, when it is localized, its text in each language."""
    yield found.name, found
    if found.localized and ontology.languages is not None:
        for language in ontology.languages:
            yield found.in_language(language.name), found


def _stored_as(found: Property, name: str, raw: Raw) -> dict[str, Value]:
    if name == found.name:
        return stored(found, raw)
    return {name: stored(found, raw)[found.name] if raw else None}


def _check_ref(flaws: _Flaws, column: str, ref: NodeRef) -> None:
    try:
        check_key(ref.key)
    except UnusableValueError as problem:
        flaws.add(column, ref.key, str(problem))


def _check_sources(flaws: _Flaws, properties: Mapping[str, Value]) -> None:
    if properties.get(SOURCES) == []:
        flaws.add(SOURCES, None, "at least one source has to be named")


def _check_spell(flaws: _Flaws, edge: EdgeType, properties: Mapping[str, Value]) -> None:
    if not edge.dated:
        return
    since = properties.get(edge.property_named("since").first_day)
    until = properties.get(edge.property_named("until").last_day)
    if isinstance(since, date) and isinstance(until, date) and since > until:
        flaws.add("until", properties["until"], f"it ends before it begins ({properties['since']})")
