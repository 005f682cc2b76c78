"""Random filters and orders, made from the ontology; values in them are drawn anew for each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from graph_api.ontology.model import NodeType, Ontology, Property, Relation
from tests.oracle.values import Values

Tree = dict[str, object]
Make = Callable[[], Tree]


def drawn(tree: object, rng: Random) -> object:
    """The tree with every choice in it made."""
    if isinstance(tree, dict):
        return {name: drawn(value, rng) for name, value in tree.items()}
    if isinstance(tree, list):
        return [drawn(value, rng) for value in tree]
    return tree(rng) if callable(tree) else tree


@dataclass(slots=True)
class Inputs:
    """Makes filters and orders of kinds and relations."""

    ontology: Ontology
    values: Values
    rng: Random
    max_depth: int

    def kind_where(self, kind: NodeType, depth: int = 0) -> Tree:
        """A filter of a kind."""
        return self._several(lambda: self._kind_field(kind, depth))

    def relation_where(self, relation: Relation, depth: int = 0) -> Tree:
        """A filter of a relation's edges and the nodes at their ends."""
        return self._several(lambda: self._edge_field(relation, depth))

    def kind_orders(self, kind: NodeType) -> list[Tree]:
        """An order of a kind: some keys."""
        return [self._kind_order(kind, 0) for _ in range(self.rng.choice([0, 1, 1, 2, 3]))]

    def relation_orders(self, relation: Relation) -> list[Tree]:
        """An order of a relation's list: some keys."""
        return [self._edge_order(relation) for _ in range(self.rng.choice([0, 1, 1, 2]))]

    def _several(self, make: Make) -> Tree:
        found: Tree = {}
        for _ in range(self.rng.choice([0, 1, 1, 1, 1, 2, 2])):
            found |= make()
        return found

    def _kind_field(self, kind: NodeType, depth: int) -> Tree:
        rng = self.rng
        roll = rng.random()
        if depth < self.max_depth and roll < 0.2:
            return self._combined(lambda: self.kind_where(kind, depth + 1))
        if kind.hierarchy is not None and roll < 0.4:
            roots = self.ontology.node(kind.hierarchy.source)
            return {"within": self.values.keys(roots.concrete)}
        if depth < self.max_depth and kind.relations and roll < 0.65:
            return self._relation(rng.choice(kind.relations), depth)
        if kind.abstract and depth < self.max_depth and roll < 0.75:
            concrete = self.ontology.node(rng.choice(kind.concrete))
            return {concrete.field: self.kind_where(concrete, depth + 1)}
        found = self._filtered(kind.properties)
        return {found.field: self.values.conditions(kind, found, rng)}

    def _edge_field(self, relation: Relation, depth: int) -> Tree:
        roll = self.rng.random()
        if depth < self.max_depth and roll < 0.2:
            return self._combined(lambda: self.relation_where(relation, depth + 1))
        if relation.transitive or roll < 0.6:
            return {"node": self.kind_where(self.ontology.node(relation.target), depth + 1)}
        chosen = self._filtered(tuple(each for each in relation.edge.properties if not each.unique))
        return {chosen.field: self.values.conditions(relation.edge, chosen, self.rng)}

    def _filtered(self, properties: tuple[Property, ...]) -> Property:
        """A property to filter by; rarely the one that is the same everywhere."""
        found = [each for each in properties if each.filtered]
        telling = [each for each in found if each.name != "synthetic"]
        return self.rng.choice(telling if telling and self.rng.random() < 0.9 else found)

    def _combined(self, make: Make) -> Tree:
        name = self.rng.choice(["and", "or", "or", "not"])
        if name == "not":
            return {name: make()}
        return {name: [make() for _ in range(self.rng.choice([0, 1, 1, 2, 2, 2, 3]))]}

    def _relation(self, relation: Relation, depth: int) -> Tree:
        rng = self.rng
        if not relation.many:
            return {relation.end.field: self.kind_where(self.ontology.node(relation.target), depth + 1)}
        if not relation.transitive and rng.random() < 0.25:
            operator = rng.choice(["eq", "ne", "gt", "gte", "lt", "lte"])
            return {f"{relation.end.field}Count": {operator: lambda drawing: drawing.choice([0, 1, 1, 2, 3])}}
        chosen = rng.sample(["some", "none", "every", "single"], rng.choice([1, 1, 1, 2]))
        return {relation.end.field: {name: self.relation_where(relation, depth + 1) for name in chosen}}

    def _kind_order(self, kind: NodeType, depth: int) -> Tree:
        relations = [each for each in kind.relations if not each.transitive]
        if relations and self.rng.random() < 0.4:
            relation = self.rng.choice(relations)
            if relation.many:
                return {f"{relation.end.field}Count": self._direction()}
            if depth < 2:
                target = self.ontology.node(relation.target)
                return {relation.end.field: self._kind_order(target, depth + 1)}
        return self._property_order(kind.properties)

    def _edge_order(self, relation: Relation) -> Tree:
        own = tuple(each for each in relation.edge.properties if each.ordered and not each.unique)
        if relation.transitive or not own or self.rng.random() < 0.4:
            return {"node": self._kind_order(self.ontology.node(relation.target), 1)}
        return self._property_order(own)

    def _property_order(self, properties: tuple[Property, ...]) -> Tree:
        found = self.rng.choice([each for each in properties if each.ordered])
        return {found.field: self._direction()}

    def _direction(self) -> str:
        return self.rng.choice(["ASC", "DESC"])
