"""Lists of all nodes of a kind with some of their properties and the keys that they are related to.

What is compared, searched or mapped in memory is read by such lists, as a viewer may see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, cast

from graph_api.ontology.model import NodeType, Ontology, Property, Relation
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

End: TypeAlias = "tuple[str, str]"
"""The kind and the key of a node at the other end of a relation."""


def whole_list(kind: NodeType, columns: Sequence[NodeColumn], limit: Parameter) -> Connection:
    """All nodes of a kind in the order of their keys, each as a row of these columns."""
    return _list(Scan(kind), kind, Projection(((kind, tuple(columns)),), tagged=False), limit)


def stored_column(name: str, found: Property) -> Column:
    """A stored value of a property; ``name`` is what it is stored as."""
    return Column(name, Stored(Holder.NODE, name, nullable=True), found)


def key_column(kind: NodeType) -> Column:
    """The key of a kind."""
    return stored_column(kind.key.name, kind.key)


def related_column(relation: Relation, ontology: Ontology, limit: Parameter) -> NodeColumn:
    """The keys at the other end of a relation; ``ends_of`` reads them."""
    target = ontology.node(relation.target)
    traverse = Traverse(relation, target)
    if not relation.many:
        return OneColumn(relation.end.field, traverse, _keys(target, ontology))
    return ConnectionColumn(relation.end.field, _list(traverse, target, _keys(target, ontology), limit))


def ends_of(value: object, kind: str) -> list[End]:
    """The nodes in the value of a related column. Where they are of several kinds, a tag names that of each;
    otherwise they are of the kind given."""
    if not isinstance(value, list) or not value:
        return []
    rows = cast("list[list[object]]", value if isinstance(value[0], list) else [value])
    return [(str(row[0]) if len(row) > 1 else kind, str(row[-1])) for row in rows]


def texts_of(value: object) -> list[str]:
    """The texts in the value of a column: of a list, or of one text; empty ones are left out."""
    values = cast("list[object]", value if isinstance(value, list) else [value])
    return [str(each) for each in values if each]


def _keys(kind: NodeType, ontology: Ontology) -> Projection:
    concrete = (ontology.node(name) for name in kind.concrete)
    by_kind = tuple((each, (key_column(each),)) for each in concrete)
    return Projection(by_kind, tagged=kind.abstract)


def _list(source: Scan | Traverse, kind: NodeType, projection: Projection, limit: Parameter) -> Connection:
    key = OrderKey(Stored(Holder.NODE, kind.key.name, nullable=False), descending=False)
    page = Page((key,), limit, None)
    return Connection(kind.name, source, ALWAYS, page, (NodeList("nodes", projection),), "", False)
