"""A small random graph of any ontology in which everything restricted is marked.

What everybody sees depends on the seed alone. What a role sees beside that depends on the variant of
that role too, so that two graphs can differ in nothing but what some role may not see. On request some
nodes of kinds that everybody sees are restricted too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import cast

from graph_api.changes.statements import create_edges, create_nodes
from graph_api.cypher.statement import Statement
from graph_api.imports.records import EdgeRecord, NodeRecord, NodeRef, Raw, RowPlace, StoredEdge, StoredNode
from graph_api.imports.validate import stored_edge, stored_node
from graph_api.imports.write import put_edge
from graph_api.ontology import Ontology, PartialDate
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import RESTRICTED_LEVEL, EdgeType, NodeType, Property, ScalarType
from graph_api.values import Value
from tests.fuzz.values import DAYS, KEYS, PARTIAL_DATES, TEXTS

MARK = "SECRET"
"""In every restricted text, and in no other."""
_PLACE = RowPlace("random", 1)
_KEYS = (*(key for key in KEYS if key.isascii() and key != "unknown" and ":" not in key), "a.2")
"""Those of the random operations that a key can be, and one that they do not know."""
_TEXTS = tuple(text for text in TEXTS if text)

Variants = Mapping[str, int]


@dataclass(slots=True)
class MarkedGraph:
    """The graph of a seed; ``variants`` says for each role which of its secrets there are.

    ``restricted`` are the kinds of which some nodes are restricted.
    """

    ontology: Ontology
    seed: int
    variants: Variants
    restricted: frozenset[str] = frozenset()
    nodes: list[StoredNode] = field(default_factory=list)
    edges: list[StoredEdge] = field(default_factory=list)
    _levels: dict[NodeRef, str] = field(default_factory=dict)
    _of_kind: dict[str, list[NodeRef]] = field(default_factory=lambda: defaultdict(list))

    def statements(self) -> Iterator[Statement]:
        """What fills an empty store with it."""
        # The sources first, since all others name some.
        for kind in sorted(self.ontology.kinds(), key=lambda kind: kind.name != self.ontology.source_kind):
            self._add_kind(kind)
        for edge in self.ontology.edges.values():
            self._add_edges(edge)
        for node in self.nodes:
            yield create_nodes(node.ref.kind, [_there(node.properties)])
        for found in self.edges:
            edge = self.ontology.edges[found.edge]
            yield create_edges(edge, [put_edge(found)], [_there(found.properties)])

    def seen_by(self, role: str) -> dict[object, dict[str, Value]]:
        """What a role may see of it, said by the declarations alone."""
        sees = self.ontology.sees
        found: dict[object, dict[str, Value]] = {}
        for node in self.nodes:
            kind = self.ontology.node(node.ref.kind)
            if sees(role, kind.visible_to) and sees(role, self._levels.get(node.ref)):
                found[node.ref] = self._visible(kind.properties, node.properties, role)
        for each in self.edges:
            edge = self.ontology.edges[each.edge]
            if sees(role, self._needed(edge, each.source, each.target)):
                about = (each.edge, each.source, each.target, each.key)
                found[about] = self._visible(edge.properties, each.properties, role)
        return found

    def _visible(
        self, declared: tuple[Property, ...], stored: Mapping[str, Value], role: str
    ) -> dict[str, Value]:
        hidden = tuple(each.name for each in declared if not self.ontology.sees(role, each.visible_to))
        seen = {name: value for name, value in stored.items() if not name.startswith(hidden or "-")}
        # Which sources a fact names is seen only as far as they are.
        secret = {ref.key for ref, needed in self._levels.items() if not self.ontology.sees(role, needed)}
        return seen | {"sources": [key for key in cast("list[str]", seen["sources"]) if key not in secret]}

    def _rng(self, needed: str | None, *about: object) -> Random:
        """Chance that depends on what it is about, and on the secrets of the role that sees it."""
        variant = self.variants.get(needed, 0) if needed else 0
        return Random(f"{self.seed} {variant} {about}")

    def _add_kind(self, kind: NodeType) -> None:
        rng = self._rng(kind.visible_to, kind.name)
        keys = rng.sample(_KEYS, rng.choice((2, 3, 3)))
        if kind.visible_to:
            keys.append(f"{MARK}-{rng.randrange(3)}")
        for key in keys[:1]:
            self._add_node(kind, key, None)
        # Between the others, so that in a hierarchy some lie above them and some below.
        for role in self.ontology.roles[1:] if kind.name in self.restricted else ():
            number = self._rng(role, "row", kind.name, role).randrange(3)
            if number:
                self._add_node(kind, f"row-{role.lower()}-{number}", role)
        for key in keys[1:]:
            self._add_node(kind, key, None)

    def _add_node(self, kind: NodeType, key: str, restricted: str | None) -> None:
        needed = self._highest(kind.visible_to, restricted)
        properties = self._properties(kind.properties, needed, kind.name, key)
        node = stored_node(self.ontology, NodeRecord(kind.name, key, properties), _PLACE)
        if restricted is not None:
            level = self.ontology.roles.index(restricted)
            node = replace(node, properties={**node.properties, RESTRICTED_LEVEL: level})
            self._levels[node.ref] = restricted
        self.nodes.append(node)
        self._of_kind[kind.name].append(node.ref)

    def _add_edges(self, edge: EdgeType) -> None:
        entered: set[NodeRef] = set()
        for source in sorted(self._ends(edge.source), key=self._rank):
            for target in self._targets(edge, source):
                if edge.backward and edge.backward.cardinality is not Cardinality.MANY and target in entered:
                    continue
                entered.add(target)
                needed = self._needed(edge, source, target)
                properties = self._properties(edge.properties, needed, edge.name, source, target)
                record = EdgeRecord(edge.name, source, target, properties)
                self.edges.append(stored_edge(self.ontology, record, _PLACE))

    def _targets(self, edge: EdgeType, source: NodeRef) -> list[NodeRef]:
        """The far ends of the edges that leave a node. Each is drawn apart: a hidden one changes no other."""
        candidates = list(self._ends(edge.target))
        if edge.hierarchical:
            candidates = candidates[: candidates.index(source)] if source in candidates else candidates
        if edge.forward.cardinality is Cardinality.EXACTLY_ONE:
            rng = self._rng(self._needed(edge, source, source), edge.name, source)
            return [rng.choice([each for each in candidates if self._rank(each) <= self._rank(source)])]
        drawn = [each for each in candidates if self._is_drawn(edge, source, each)]
        if edge.forward.cardinality is Cardinality.MANY:
            return drawn
        # The most visible one: otherwise a hidden edge would decide whether there is a visible one.
        return sorted(drawn, key=self._rank)[:1]

    def _rank(self, node: NodeRef) -> int:
        """The index of the lowest role that sees a node."""
        needed = self._highest(self.ontology.node(node.kind).visible_to, self._levels.get(node))
        return self.ontology.roles.index(needed) if needed else 0

    def _is_drawn(self, edge: EdgeType, source: NodeRef, target: NodeRef) -> bool:
        needed = self._needed(edge, source, target)
        return self._rng(needed, edge.name, source, target).random() < 0.5

    def _ends(self, kind: str) -> list[NodeRef]:
        return [ref for name in self.ontology.node(kind).concrete for ref in self._of_kind[name]]

    def _needed(self, edge: EdgeType, *ends: NodeRef) -> str | None:
        """The lowest role that sees an edge between these ends."""
        kinds = (self.ontology.node(end.kind).visible_to for end in ends)
        return self._highest(edge.visible_to, *kinds, *(self._levels.get(end) for end in ends))

    def _highest(self, *needed: str | None) -> str | None:
        return max((role for role in needed if role), key=self.ontology.roles.index, default=None)

    def _properties(
        self, declared: tuple[Property, ...], holder: str | None, *about: object
    ) -> dict[str, Raw]:
        made: dict[str, Raw] = {}
        for found in declared:
            if not found.unique:
                needed = found.visible_to or holder
                rng = self._rng(needed, found.name, *about)
                if found.required or rng.random() < 0.7:
                    made[found.name] = self._value(found, rng, marked=needed is not None)
        return made

    def _value(self, found: Property, rng: Random, *, marked: bool) -> Raw:
        mark = f"{MARK} {rng.randrange(4)} " if marked else ""
        match found.type:
            case ScalarType.STRINGS if found.name == "sources":
                sources = self._of_kind[self.ontology.source_kind]
                restricted = [ref.key for ref in sources if ref in self._levels]
                return [ref.key for ref in sources if ref not in self._levels][:2] + restricted or [
                    rng.choice(_KEYS)
                ]
            case ScalarType.STRINGS:
                return [mark + rng.choice(_TEXTS) for _ in range(rng.randrange(3))]
            case ScalarType.ENUM:
                assert found.enum is not None
                return rng.choice(list(found.enum))
            case ScalarType.INT:
                return rng.randrange(6)
            case ScalarType.FLOAT:
                return rng.choice((0.0, 1.5))
            case ScalarType.BOOLEAN:
                return rng.random() < 0.5
            case ScalarType.DATE:
                return rng.choice(DAYS)
            case ScalarType.PARTIAL_DATE:
                # Spells are compared with each other: one that ends has to end after it began.
                early, *_, late = sorted(PARTIAL_DATES)
                return PartialDate.parse(
                    {"since": early, "until": late}.get(found.name) or rng.choice(PARTIAL_DATES)
                )
            case ScalarType.STRING:
                return mark + rng.choice(_TEXTS)


def _there(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}
