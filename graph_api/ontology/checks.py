"""Rules that a resolved ontology keeps; each check yields a sentence for every clash it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import RESTRICTED_LEVEL, EdgeType, NodeType, Ontology, Relation


def clashes(ontology: Ontology) -> list[str]:
    """All clashes, in the order of declaration; an empty list for a sound ontology."""
    return [
        *_missing_kinds(ontology),
        *_bad_keys(ontology),
        *_repeated_fields(ontology),
        *_repeated_roots(ontology),
        *_missing_texts(ontology),
        *_bad_visibility(ontology),
        *_bad_restrictions(ontology),
    ]


def _missing_kinds(ontology: Ontology) -> Iterator[str]:
    for edge in ontology.edges.values():
        for end in (edge.source, edge.target):
            if end not in ontology.nodes:
                yield f"{edge.name} ends at {end}, which is not declared"
    for special in (ontology.root, ontology.source_kind):
        if special not in ontology.nodes:
            yield f"{special} is not declared"
    for kind in ontology.nodes.values():
        if not kind.concrete:
            yield f"nothing implements the abstract {kind.name}"
        if kind.name != ontology.root and ontology.root not in kind.interfaces:
            yield f"{kind.name} does not implement {ontology.root}"


def _bad_keys(ontology: Ontology) -> Iterator[str]:
    for kind in ontology.nodes.values():
        keys = [found.name for found in kind.properties if found.unique]
        if keys != ["key"]:
            yield f"{kind.name} needs exactly one unique property, called key, and has {keys}"


def _repeated_fields(ontology: Ontology) -> Iterator[str]:
    for kind in ontology.nodes.values():
        for field, count in Counter(_fields(kind)).items():
            if count > 1:
                yield f"{kind.name} has {count} fields called {field}"
        for field, count in Counter(_conditions(kind, ontology)).items():
            if count > 1:
                yield f"the filter of {kind.name} has {count} fields called {field}"
    for edge in ontology.edges.values():
        for field, count in Counter(found.field for found in edge.properties).items():
            if count > 1 or field in ("node", "cursor"):
                yield f"{edge.name} cannot have a field called {field}"


def _fields(kind: NodeType) -> Iterator[str]:
    yield "id"
    yield from (found.field for found in kind.properties)
    yield from (found.field for found in kind.derived)
    yield from (found.end.field for found in kind.relations)


def _conditions(kind: NodeType, ontology: Ontology) -> Iterator[str]:
    """The fields of a kind's filter, as api_types makes them."""
    yield from ("and", "or", "not")
    yield from (found.field for found in kind.properties if found.filtered)
    yield from ("within",) if kind.hierarchy is not None else ()
    yield from (ontology.node(name).field for name in kind.concrete if kind.abstract)
    for relation in kind.relations:
        yield relation.end.field
        yield from (f"{relation.end.field}Count",) if relation.many and not relation.transitive else ()


def _repeated_roots(ontology: Ontology) -> Iterator[str]:
    roots = Counter(name for kind in ontology.kinds() for name in (kind.field, kind.plural))
    for name, count in roots.items():
        if not name:
            yield "a kind has no plural"
        elif count > 1:
            yield f"{count} kinds want the root field {name}"
    types = Counter(edge.type for edge in ontology.edges.values())
    yield from (f"{count} edge types are stored as {name}" for name, count in types.items() if count > 1)


def _missing_texts(ontology: Ontology) -> Iterator[str]:
    for kind in ontology.nodes.values():
        if not kind.description:
            yield f"{kind.name} has no docstring"
        yield from (
            f"{kind.name}.{found.name} has no text" for found in kind.properties if not found.description
        )
    for edge in ontology.edges.values():
        if not edge.description:
            yield f"{edge.name} has no docstring"


def _bad_visibility(ontology: Ontology) -> Iterator[str]:
    holders: list[NodeType | EdgeType] = [*ontology.nodes.values(), *ontology.edges.values()]
    for holder in holders:
        needed = [holder.visible_to, *(found.visible_to for found in holder.properties)]
        for role in sorted({role for role in needed if role is not None and role not in ontology.roles}):
            yield f"{holder.name} is visible to {role}, which is no role"
        for found in holder.properties:
            if found.visible_to is not None and found.required:
                yield f"{holder.name}.{found.name} cannot be hidden from some and required"
    for kind in ontology.nodes.values():
        if kind.visible_to is not None and (
            kind.abstract or kind.hierarchy or kind.name == ontology.source_kind
        ):
            yield f"{kind.name} cannot be hidden: it is an interface, in a hierarchy, or the source of facts"
        yield from (
            f"{kind.name}.{relation.end.field} is required and cannot be hidden"
            for relation in kind.relations
            if relation.end.cardinality is Cardinality.EXACTLY_ONE and _is_hidden(ontology, relation)
        )


def _bad_restrictions(ontology: Ontology) -> Iterator[str]:
    for kind in ontology.nodes.values():
        if any(found.name == RESTRICTED_LEVEL for found in kind.properties):
            yield f"{kind.name} cannot have a property called {RESTRICTED_LEVEL}: it says who sees a node"
        if kind.rows_restricted and kind.abstract:
            yield f"{kind.name} is an interface: the kinds that implement it say whether they are restricted"


def _is_hidden(ontology: Ontology, relation: Relation) -> bool:
    """Whether somebody who sees the owner may not see the relation, or the node at its other end."""
    target = ontology.nodes.get(relation.target)
    owner = ontology.nodes[relation.owner]
    needed = {relation.edge.visible_to, target.visible_to if target else None} - {None, owner.visible_to}
    return bool(needed)
