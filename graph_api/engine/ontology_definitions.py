"""The unique keys and indexes that an ontology needs."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.engine.definitions import Definition, NodeIndex, UniqueKey
from graph_api.ontology.model import NodeType, Ontology, ScalarType


def definitions_of(ontology: Ontology) -> tuple[Definition, ...]:
    """A unique key for each kind, and an index for each order that a page can walk."""
    return tuple(found for kind in ontology.kinds() for found in _kind_definitions(kind))


def _kind_definitions(kind: NodeType) -> Iterator[Definition]:
    yield UniqueKey(kind.name, "key")
    for found in kind.properties:
        walked = found.localized or found.type in (ScalarType.ENUM, ScalarType.PARTIAL_DATE)
        if walked and found.ordered:
            yield NodeIndex(kind.name, (found.order_name, "key"))
