"""The types and the properties that the service knows: kinds that are compared, and all fields of kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph_api.duplicates.identity import ComparedKind, Identity
from graph_api.errors import InvalidArgumentError
from graph_api.ontology.folding import fold
from graph_api.ontology.model import DerivedProperty, NodeType, Property, Relation
from graph_api.plan.policy import Policy

Field: TypeAlias = Property | DerivedProperty | Relation
SHOWN = 20
"""Suggestions of one answer."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A type or a property as clients are told of it."""

    id: str
    name: str
    description: str

    def as_json(self) -> dict[str, object]:
        """The object of the specification."""
        return {"id": self.id, "name": self.name, "description": self.description}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a role may know of what is compared."""

    identity: Identity
    role: str

    @property
    def policy(self) -> Policy:
        """What the role sees."""
        return Policy(self.identity.ontology, self.role)

    def kinds(self) -> list[ComparedKind]:
        """The compared kinds that the role sees."""
        ontology = self.identity.ontology
        return [each for each in self.identity.kinds if ontology.sees(self.role, each.kind.visible_to)]

    def types(self) -> list[Offered]:
        """The types of entities."""
        return [
            Offered(each.kind.name, title(each.kind.field), each.kind.description) for each in self.kinds()
        ]

    def kinds_of(self, types: Iterable[str]) -> frozenset[str]:
        """The names of the compared kinds that are of these types, interfaces included; all without types.

        Raises ``InvalidArgumentError`` for a type that there is not.
        """
        known = {each.kind.name for each in self.kinds()}
        found: set[str] = set()
        wanted = tuple(types)
        for name in wanted:
            kind = self.identity.ontology.nodes.get(name)
            if kind is None or not known & set(kind.concrete):
                raise InvalidArgumentError(
                    f"There is no type '{name[:80]}'.",
                    remedy=f"There are: {', '.join(sorted(known))}.",
                    argument="type",
                    value=name[:80],
                )
            found |= known & set(kind.concrete)
        return frozenset(found if wanted else known)

    def properties(self, kinds: frozenset[str]) -> list[Offered]:
        """The properties of these kinds, each once, those that take part in comparing first."""
        compared = self.compared_fields()
        found: dict[str, Offered] = {}
        for kind in (each.kind for each in self.kinds() if each.kind.name in kinds):
            for name, field in self.fields(kind).items():
                text = field.end.description if isinstance(field, Relation) else field.description
                note = " It can be matched." if name in compared else ""
                found.setdefault(name, Offered(name, title(name), f"{text}{note}"))
        return sorted(found.values(), key=lambda each: each.id not in compared)

    def compared_fields(self) -> dict[str, str]:
        """The properties that queries can be refined by, each with what it is compared as."""
        fields: dict[str, str] = {}
        for each in self.kinds():
            fields |= {found.field: "name" for found in each.names if self.policy.sees(found)}
            fields |= {found.field: "acronym" for found in each.acronyms if self.policy.sees(found)}
            if each.place is not None:
                fields[each.place.end.field] = "place"
            if each.website is not None and self.policy.sees(each.website):
                fields[each.website.field] = "website"
        return fields

    def fields(self, kind: NodeType) -> dict[str, Field]:
        """The fields of a kind that the role sees, by name."""
        ontology, policy = self.identity.ontology, self.policy
        fields: dict[str, Field] = {}
        stored: tuple[Property | DerivedProperty, ...] = (*kind.properties, *kind.derived)
        for found in stored:
            if policy.sees(found) and found.name != "sources":
                fields[found.field] = found
        for relation in kind.relations:
            target = ontology.node(relation.target)
            if ontology.sees(self.role, relation.edge.visible_to) and ontology.sees(
                self.role, target.visible_to
            ):
                fields[relation.end.field] = relation
        return fields


def suggested(offered: Sequence[Offered], prefix: str, skip: int) -> list[dict[str, object]]:
    """Those whose id, name or a word of it begins with a prefix; without one all."""
    wanted = fold(prefix)
    found = [each for each in offered if any(text.startswith(wanted) for text in _beginnings(each))]
    return [each.as_json() for each in found[skip : skip + SHOWN]]


def _beginnings(offered: Offered) -> list[str]:
    name = fold(offered.name)
    return [fold(offered.id), name, *name.split()]


def title(field: str) -> str:
    """``victimLed`` as people read it: ``Victim led``."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in field)
    return words[:1].upper() + words[1:]
