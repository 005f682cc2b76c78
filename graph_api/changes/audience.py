"""Who may see that something changed: whoever may see all that changed."""

from __future__ import annotations

from graph_api.changes.items import Applied, DropEdge, Image, PutEdge
from graph_api.ontology import Ontology
from graph_api.ontology.model import RESTRICTED_LEVEL, Property


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
