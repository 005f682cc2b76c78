"""Unique keys and indexes: declared as data, created where they are missing, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Row, Store

_AWAIT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """No two nodes of the label share the property's value; it brings its own index."""

    label: str
    property: str


@dataclass(frozen=True, slots=True)
class NodeIndex:
    """An index over properties of a label; an ordered page walks it in their order."""

    label: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeIndex:
    """An index over properties of an edge type."""

    type: str
    properties: tuple[str, ...]


Definition: TypeAlias = UniqueKey | NodeIndex | EdgeIndex
# What is declared on what: node or edge, its label or type, the properties.
_Target: TypeAlias = tuple[str, str, tuple[str, ...]]

_SHOW_KEYS: Final = Statement(
    "SHOW CONSTRAINTS YIELD entityType, labelsOrTypes, properties "
    "RETURN entityType, labelsOrTypes, properties"
)
_SHOW_INDEXES: Final = Statement(
    "SHOW INDEXES YIELD entityType, labelsOrTypes, properties, type WHERE type = 'RANGE' "
    "RETURN entityType, labelsOrTypes, properties"
)


async def apply_definitions(store: Store, definitions: Iterable[Definition]) -> int:
    """Create what is missing, wait until it answers, and give the number of definitions created.

    Nothing is ever dropped. Raises DatabaseConflictError when stored nodes already break a unique
    key, and the other errors of DatabaseError.
    """
    missing = await missing_definitions(store, definitions)
    if missing:
        await store.write([_creation(one) for one in missing])
    if store.dialect.await_indexes is not None:
        await store.read(Statement(store.dialect.await_indexes, {"seconds": _AWAIT_SECONDS}))
    return len(missing)


async def missing_definitions(store: Store, definitions: Iterable[Definition]) -> list[Definition]:
    """What the database does not have, unique keys first; raises the errors of DatabaseError."""
    keys = _targets(await store.read(_SHOW_KEYS))
    # A unique key is an index too, so an index on the very same property would be refused.
    indexes = _targets(await store.read(_SHOW_INDEXES)) | keys
    wanted = sorted(set(definitions), key=lambda one: (not isinstance(one, UniqueKey), _target(one)))
    missing: list[Definition] = []
    for one in wanted:
        target = _target(one)
        if target not in (keys if isinstance(one, UniqueKey) else indexes):
            missing.append(one)
            indexes.add(target)
    return missing


def definition_name(one: Definition) -> str:
    """The name under which a definition is created, such as ``unique Film(key)``."""
    kind = {UniqueKey: "unique", NodeIndex: "node", EdgeIndex: "edge"}[type(one)]
    _, label, properties = _target(one)
    return f"{kind} {label}({','.join(properties)})"


def _creation(one: Definition) -> Statement:
    name = _quoted(definition_name(one))
    match one:
        case UniqueKey(label, property_):
            text = (
                f"CREATE CONSTRAINT {name} IF NOT EXISTS "
                f"FOR (n:{_quoted(label)}) REQUIRE n.{_quoted(property_)} IS UNIQUE"
            )
        case NodeIndex(label, properties):
            columns = ", ".join(f"n.{_quoted(each)}" for each in properties)
            text = f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{_quoted(label)}) ON ({columns})"
        case EdgeIndex(type_, properties):
            columns = ", ".join(f"r.{_quoted(each)}" for each in properties)
            text = f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[r:{_quoted(type_)}]-() ON ({columns})"
    return Statement(text)


def _target(one: Definition) -> _Target:
    match one:
        case UniqueKey(label, property_):
            return "NODE", label, (property_,)
        case NodeIndex(label, properties):
            return "NODE", label, properties
        case EdgeIndex(type_, properties):
            return "RELATIONSHIP", type_, properties


def _targets(rows: Iterable[Row]) -> set[_Target]:
    return {
        (str(entity), str(label), tuple(str(each) for each in properties))
        for entity, labels, properties in rows
        if isinstance(labels, list) and isinstance(properties, list)
        for label in labels
    }


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
