"""Who may see a node, and that something changed: whoever may see all that changed."""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.changes.items import Applied, DropEdge, Image, PutEdge
from graph_api.cypher.statement import Statement
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import RESTRICTED_LEVEL, EdgeType, Property


def level_of(ontology: Ontology, applied: Applied) -> int:
    """The place among the roles of the lowest that may see an item before and after."""
    item = applied.item
    both = {**(applied.before or {}), **(applied.after or {})}
    if isinstance(item, PutEdge | DropEdge):
        edge = ontology.edges[item.edge]
        ends = (ontology.node(item.source.kind), ontology.node(item.target.kind))
        needed = [edge.visible_to, *(end.visible_to for end in ends)]
        declared = edge.properties
    else:
        kind = ontology.node(item.ref.kind)
        needed, declared = [kind.visible_to], kind.properties
    needed += [found.visible_to for found in declared if _is_in(found, both)]
    rows = both.get(RESTRICTED_LEVEL)
    level = rows if isinstance(rows, int) else 0
    return max(level, *(ontology.roles.index(role) for role in needed if role is not None), 0)


def _is_in(found: Property, image: Image) -> bool:
    return image.get(found.name) is not None


def needs_others(ontology: Ontology, kind: str) -> bool:
    """Whether nodes of a kind cannot be without another one, and are hidden with it."""
    return any(kind in ontology.node(edge.source).concrete for edge in _needed(ontology))


def restricted_among(ontology: Ontology, kind: str, keys: Sequence[str]) -> Statement:
    """Of these nodes, the key and the level of each that is restricted, itself or by what it needs."""
    found = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}})"
    level = f"coalesce(n.{RESTRICTED_LEVEL}, 0)"
    if needs_others(ontology, kind):
        found += f"-[:{_types(ontology)}*0..]->(m)"
        level = f"max(coalesce(m.{RESTRICTED_LEVEL}, 0))"
    text = f"{found} WITH n.key AS key, {level} AS level WHERE level > 0 RETURN collect([key, level])"
    return Statement(text, {"keys": list(keys)})


def way_to_dependents(ontology: Ontology) -> str:
    """The pattern from a node to itself and to all that cannot be without it."""
    return f"<-[:{_types(ontology)}*0..]-(m)" if _needed(ontology) else ""


def _types(ontology: Ontology) -> str:
    return "|".join(sorted(edge.type for edge in _needed(ontology)))


def _needed(ontology: Ontology) -> list[EdgeType]:
    return [edge for edge in ontology.edges.values() if edge.forward.cardinality is Cardinality.EXACTLY_ONE]
