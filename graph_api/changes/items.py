"""What an edit asks for, item by item, and what became of each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from graph_api.values import Value

Image: TypeAlias = Mapping[str, Value]
"""Everything that is stored of a node or an edge; what is not there is left out."""


@dataclass(frozen=True, slots=True)
class NodeRef:
    """A node by its kind and its key."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@dataclass(frozen=True, slots=True)
class PutNode:
    """Store these properties of a node; None takes one away, those not named stay.

    A ``mention`` only makes sure that the node exists: one that is already there stays as it is.
    ``origin`` is whatever the caller wants back with the outcome.
    """

    ref: NodeRef
    properties: Mapping[str, Value]
    mention: bool = False
    origin: Hashable = None


@dataclass(frozen=True, slots=True)
class DropNode:
    """Take a node away; every edge of it has to be gone by then."""

    ref: NodeRef
    origin: Hashable = None


@dataclass(frozen=True, slots=True)
class PutEdge:
    """Store these properties of an edge, which its type, its ends and its key identify."""

    edge: str
    key: str
    source: NodeRef
    target: NodeRef
    properties: Mapping[str, Value]
    origin: Hashable = None


@dataclass(frozen=True, slots=True)
class DropEdge:
    """Take an edge away."""

    edge: str
    key: str
    source: NodeRef
    target: NodeRef
    origin: Hashable = None


Put: TypeAlias = PutNode | PutEdge
Drop: TypeAlias = DropNode | DropEdge
Item: TypeAlias = Put | Drop


class Outcome(Enum):
    """What became of an item."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Applied:
    """An item with its outcome: the properties that differ, before and after.

    ``before`` is None for what was created, ``after`` for what was dropped.
    """

    item: Item
    outcome: Outcome
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Violation:
    """Why an item may not be stored; ``property`` is empty when it is the item as a whole.

    ``missing`` says that something it names does not exist.
    """

    item: Item
    property: str
    value: str
    reason: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Who makes a change, by what, and why.

    ``name`` is a sentence for people. ``digest`` tells one request from another under the same
    ``idempotency`` key. ``undoes`` is the number of the change that it takes back.
    """

    command: str
    name: str
    actor: str
    role: str
    reason: str | None = None
    sources: tuple[str, ...] = ()
    idempotency: str | None = None
    digest: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What an edit did. ``number`` is that of its change; nothing when nothing differed."""

    number: int | None
    created: int
    changed: int
    unchanged: int
    dropped: int
