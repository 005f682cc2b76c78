"""What is searched: which properties hold names, and through which relations an entity lies somewhere.

Both follow from the ontology. Names are the properties declared as searched. An entity lies within a node of
a hierarchy when it is that node, when it is below it, or when one of its relations leads to such a node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.changes.log import CHANGE
from graph_api.ontology.model import Direction, NodeType, Ontology, Property, Relation


@dataclass(frozen=True, slots=True)
class SearchedKind:
    """A kind with the properties that hold its names, the first to show, and its relations to hierarchies.

    ``up`` leads to what directly contains it, where it is of a hierarchy itself.
    """

    kind: NodeType
    names: tuple[Property, ...]
    places: tuple[Relation, ...]
    up: Relation | None


@dataclass(frozen=True, slots=True)
class SearchScheme:
    """The searched kinds of an ontology, in its order: it decides between those that fit equally."""

    ontology: Ontology
    kinds: tuple[SearchedKind, ...]

    @property
    def hierarchies(self) -> tuple[str, ...]:
        """The names of the kinds whose nodes can be scopes."""
        return tuple(each.kind.name for each in self.kinds if each.up is not None)


def search_scheme(ontology: Ontology) -> SearchScheme:
    """Look up what is searched; the history is not: it has filters of its own."""
    kinds = (each for each in ontology.kinds() if each.name != CHANGE)
    found = (_searched(each, ontology) for each in kinds)
    return SearchScheme(ontology, tuple(each for each in found if each.names))


def stored_names(found: Property, ontology: Ontology) -> Iterator[str]:
    """Under which names a property is stored: its own, and one for each language where it is localized."""
    yield found.name
    if found.localized and ontology.languages is not None:
        for language in ontology.languages:
            yield found.in_language(language.name)


def _searched(kind: NodeType, ontology: Ontology) -> SearchedKind:
    direct = [each for each in kind.relations if not each.transitive]
    up = (each for each in direct if each.edge.hierarchical and each.direction is Direction.FORWARD)
    places = (each for each in direct if not each.edge.hierarchical and _leads_into_hierarchy(each, ontology))
    names = tuple(each for each in kind.properties if each.searched)
    return SearchedKind(kind, names, tuple(places), next(up, None) if kind.hierarchy is not None else None)


def _leads_into_hierarchy(relation: Relation, ontology: Ontology) -> bool:
    """Whether a relation leads to nodes of a hierarchy. Of kinds of which only some are in one, a single node
    counts: many, such as all parties to something, would say that it lies everywhere."""
    target = ontology.node(relation.target)
    if target.hierarchy is not None:
        return True
    return not relation.many and any(ontology.node(each).hierarchy for each in target.concrete)
