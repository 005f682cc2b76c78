"""Where entities lie in hierarchies: what a search is limited to, and what its hits are counted by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph_api.errors import UnknownKeyError
from graph_api.plan.redirects import NO_REDIRECTS, Redirects
from graph_api.search.records import EntityId, Hit
from graph_api.search.scheme import SearchScheme

KIND_FACET = "kind"
"""The name of the facet by kinds; the others have the names of fields that give one node of a kind."""
MOST_VALUES = 50
"""Values of one facet: those that most hits have."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which hits are counted: a kind, or a node of a hierarchy that they lie in."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet, the most frequent first. ``kind`` is that of the nodes, empty for kinds."""

    name: str
    kind: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """``above`` has every node of a hierarchy with those that directly contain it, ``places`` the nodes to
    which relations of other entities lead."""

    scheme: SearchScheme
    above: Mapping[EntityId, Sequence[EntityId]]
    places: Mapping[EntityId, Sequence[EntityId]]
    _known: dict[EntityId, frozenset[EntityId]] = field(default_factory=dict)

    def around(self, entity: EntityId) -> frozenset[EntityId]:
        """All nodes of hierarchies that an entity lies in, itself among them where it is one."""
        known = self._known.get(entity)
        if known is None:
            known = self._known[entity] = frozenset(self._walked(entity))
        return known

    def scopes(self, keys: Iterable[str], redirects: Redirects = NO_REDIRECTS) -> list[frozenset[EntityId]]:
        """The nodes with these keys, those of each hierarchy for themselves.

        Raises ``UnknownKeyError`` for a key that no node of a hierarchy has.
        """
        by_hierarchy: dict[str, set[EntityId]] = {}
        for key in keys:
            found = [node for node in self._candidates(key, redirects) if node in self.above]
            if not found:
                raise UnknownKeyError(
                    f"Nothing that can be searched within has the key '{key[:80]}'.",
                    remedy=f"Name keys of {', '.join(self._plurals())}.",
                    argument="within",
                    value=key[:80],
                )
            for node in found:
                by_hierarchy.setdefault(self._hierarchy(node), set()).add(node)
        return [frozenset(nodes) for nodes in by_hierarchy.values()]

    def is_within(self, entity: EntityId, scopes: Iterable[frozenset[EntityId]]) -> bool:
        """Whether an entity lies in one node at least of each scope."""
        around = self.around(entity)
        return all(not around.isdisjoint(scope) for scope in scopes)

    def facets(self, hits: Iterable[Hit]) -> tuple[Facet, ...]:
        """How many hits are of each kind, and how many lie in each node of a hierarchy."""
        kinds: Counter[str] = Counter()
        nodes: dict[str, Counter[str]] = {name: Counter() for name in self.scheme.hierarchies}
        for hit in hits:
            kinds[hit.record.kind] += 1
            for kind, key in self.around(hit.record.identity):
                nodes[kind][key] += 1
        found = [Facet(KIND_FACET, "", _most(kinds))]
        found += (
            Facet(self.scheme.ontology.node(kind).field, kind, _most(counts))
            for kind, counts in nodes.items()
        )
        return tuple(facet for facet in found if facet.values)

    def _walked(self, entity: EntityId) -> set[EntityId]:
        waiting = [*self.places.get(entity, ()), *([entity] if entity in self.above else ())]
        found: set[EntityId] = set()
        while waiting:
            node = waiting.pop()
            if node not in found and node in self.above:
                found.add(node)
                waiting += self.above[node]
        return found

    def _candidates(self, key: str, redirects: Redirects) -> Iterable[EntityId]:
        return ((kind, redirects.key(kind, key)) for kind in self.scheme.hierarchies)

    def _hierarchy(self, node: EntityId) -> str:
        hierarchy = self.scheme.ontology.node(node[0]).hierarchy
        return hierarchy.name if hierarchy else ""

    def _plurals(self) -> Iterable[str]:
        return (self.scheme.ontology.node(kind).plural for kind in self.scheme.hierarchies)


def places_of(
    scheme: SearchScheme,
    above: Mapping[EntityId, Sequence[EntityId]],
    places: Mapping[EntityId, Sequence[EntityId]],
) -> Places:
    """Where everything lies, of what was read."""
    return Places(scheme, above, places)


def _most(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(FacetValue(key, count) for key, count in ranked[:MOST_VALUES])
