"""The part of a plan that says which nodes are fetched, and in which order.

Nothing here is text of a query language, and nothing holds a value of the request: values are
parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeAlias

from graph_api.ontology.model import EdgeType, NodeType, Relation
from graph_api.plan.base import Parameter, PlanNode

# ── Where nodes come from ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Scan(PlanNode):
    """Every node of a kind."""

    kind: NodeType


@dataclass(frozen=True, slots=True)
class Lookup(PlanNode):
    """The node of a kind with one key; an abstract kind looks in all that implement it.

    ``visible`` has what a node has to satisfy, for the names of kinds in which there is something.
    ``instead`` are the names of kinds in which the node has another key: there the key redirects.
    """

    kind: NodeType
    key: Parameter
    visible: tuple[tuple[str, Predicate], ...] = ()
    instead: tuple[tuple[str, Parameter], ...] = ()


@dataclass(frozen=True, slots=True)
class LookupMany(PlanNode):
    """The nodes at the positions of two parallel lists: the names of their kinds, and their keys.

    ``visible`` has what a node has to satisfy, for the names of kinds in which there is something.
    """

    kind: NodeType
    kinds: Parameter
    keys: Parameter
    visible: tuple[tuple[str, Predicate], ...] = ()


@dataclass(frozen=True, slots=True)
class Traverse(PlanNode):
    """The nodes at the other end of a relation.

    With ``valid_on``, only along edges that hold that day; only nodes that are ``visible``. A transitive
    relation is followed only ``through`` nodes for which the predicate holds, its end included.
    """

    relation: Relation
    target: NodeType
    valid_on: Parameter | None = None
    visible: Predicate | None = None
    through: Predicate | None = None


Source: TypeAlias = Scan | Lookup | LookupMany | Traverse


# ── What is compared ──────────────────────────────────────────────────────────────────────────


class Holder(Enum):
    """Which of the two a property is read from: the node, or the edge that led to it."""

    NODE = "node"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Stored(PlanNode):
    """A stored property, by its stored name; ``day`` says that it holds days."""

    holder: Holder
    name: str
    nullable: bool
    day: bool = False


@dataclass(frozen=True, slots=True)
class Related(PlanNode):
    """A value of the node at the other end of a to-one relation."""

    traverse: Traverse
    operand: Operand
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Counted(PlanNode):
    """How many edges of a relation there are."""

    traverse: Traverse
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Length(PlanNode):
    """The number of characters of a stored text: it tells the precision of a partial date."""

    stored: Stored
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class KindName(PlanNode):
    """The name of a node's kind, one of ``kinds``."""

    kinds: tuple[str, ...]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Computed(PlanNode):
    """A value that Python has for the nodes of a kind, by key: see ``plan.computed``."""

    kind: str
    name: str
    valid_on: Parameter | None = None
    nullable: bool = True

    @property
    def values(self) -> Parameter:
        """The map of the values."""
        day = f"_{self.valid_on.name}" if self.valid_on is not None else ""
        return Parameter(f"computed_{self.kind}_{self.name}{day}")


Operand: TypeAlias = Stored | Related | Counted | Length | KindName | Computed


# ── Which nodes are kept ──────────────────────────────────────────────────────────────────────


class Operator(StrEnum):
    """Comparisons of an operand with a parameter."""

    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "IN"
    CONTAINS = "CONTAINS"
    STARTS_WITH = "STARTS WITH"
    HAS = "HAS"


class Quantifier(Enum):
    """How many of the related nodes have to satisfy a predicate."""

    SOME = "some"
    NONE = "none"
    EVERY = "every"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Compare(PlanNode):
    """An operand compared with a parameter; unknown (never true) where the operand is null."""

    operand: Operand
    operator: Operator
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class IsNull(PlanNode):
    """Whether an operand is null."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class And(PlanNode):
    """All parts hold; with no parts, always true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or(PlanNode):
    """Some part holds; with no parts, never true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not(PlanNode):
    """The part does not hold. A part that is unknown counts as not holding."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Quantified(PlanNode):
    """So many of the nodes at the other end of a relation satisfy the predicate."""

    quantifier: Quantifier
    traverse: Traverse
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class HierarchySet(PlanNode):
    """The nodes of ``kind`` at or under the nodes with the given keys, resolved once a statement.

    Both and everything between them have to satisfy ``through``.
    """

    index: int
    hierarchy: EdgeType
    kind: NodeType
    roots: NodeType
    keys: Parameter
    through: Predicate | None = None


@dataclass(frozen=True, slots=True)
class ResolvedSet(PlanNode):
    """The nodes of a kind that satisfy a predicate, resolved once a statement, up to a cap."""

    index: int
    kind: NodeType
    predicate: Predicate


NodeSet: TypeAlias = HierarchySet | ResolvedSet


@dataclass(frozen=True, slots=True)
class InSet(PlanNode):
    """The node is in a set resolved at the start of the statement."""

    index: int


@dataclass(frozen=True, slots=True)
class Seen(PlanNode):
    """The node is not restricted to roles above the one with this level."""

    level: Parameter


@dataclass(frozen=True, slots=True)
class OfKind(PlanNode):
    """The node is of a kind, among those of an interface, and satisfies the predicate."""

    kind: NodeType
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class After(PlanNode):
    """The row comes after a cursor's row in an order; ``values`` has null where that row had null."""

    keys: tuple[OrderKey, ...]
    values: tuple[Parameter | None, ...]


Predicate: TypeAlias = Compare | IsNull | And | Or | Not | Quantified | InSet | Seen | OfKind | After
ALWAYS = And(())
NEVER = Or(())


# ── In which order, and how many ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OrderKey(PlanNode):
    """One key of an order. Nulls come last in both directions; a list read backward has them first."""

    operand: Operand
    descending: bool
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Page(PlanNode):
    """A part of an ordered list: ``limit`` rows (one more than asked for, to see whether more follow)."""

    order: tuple[OrderKey, ...]
    limit: Parameter
    after: After | None
    backward: bool = False
