"""What all kinds share, and the interfaces between them."""

from __future__ import annotations

from graph_api.ontology import Node, prop
from schema.vocabulary import Verification


class Entity(Node, abstract=True):
    """Anything that the graph knows: it has a key, a name and the sources that it rests on."""

    key: str = prop("Stable public identifier, unique among its kind.", unique=True)
    name: str = prop("The name to show.", localized=True, searched=True)
    verification: Verification | None = prop("How well it is established.", default=None)
    note: str | None = prop("A remark on the facts.", default=None, filtered=False, ordered=False)


class Stakeholder(Entity, abstract=True):
    """An organization or a network."""


class Place(Entity, abstract=True):
    """A country or a region."""


class Party(Entity, abstract=True):
    """What can be a party to the Convention: a country or an organization of countries."""
