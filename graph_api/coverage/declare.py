"""Which kinds are counted in tables, and by which axes: declared, then looked up in the ontology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from graph_api.errors import InvalidArgumentError, InvalidOntologyError
from graph_api.ontology import Node, Ontology
from graph_api.ontology.model import EdgeType, NodeType, Property, Relation


@dataclass(frozen=True, slots=True)
class AxisOf:
    """An axis of a counted kind: by a relation, or by an enum.

    ``lines`` is the kind whose nodes are the lines of the table, by default the one that the relation leads
    to; it may lie above that one in its hierarchy. ``only`` keeps the lines whose property has this member.
    """

    name: str
    text: str
    by: str
    lines: type[Node] | None = None
    only: Mapping[str, Enum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedKind:
    """A kind whose nodes are counted, with its axes."""

    kind: type[Node]
    axes: tuple[AxisOf, ...]


@dataclass(frozen=True, slots=True)
class CoverageDeclaration:
    """What a domain declares. A table counts the first kind that has both of its axes."""

    counted: tuple[CountedKind, ...]


@dataclass(frozen=True, slots=True)
class EnumLines:
    """The lines of an axis by a property: the members of its enum."""

    found: Property

    @property
    def kind(self) -> NodeType | None:
        """No line is a node."""
        return None


@dataclass(frozen=True, slots=True)
class NodeLines:
    """The lines of an axis by a relation: nodes of a kind, counted along ``rolled`` too where it is given.

    ``above`` leads from a line to the lines that contain it, for kinds that contain one another.
    """

    relation: Relation
    target: NodeType
    kind: NodeType
    rolled: EdgeType | None
    above: Relation | None
    only: tuple[tuple[Property, str], ...]

    @property
    def prefix(self) -> str:
        """What groups put before the keys: the kind, where several could share a key."""
        return f"{self.kind.name}:" if self.target.abstract and self.rolled is None else ""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis looked up in the ontology."""

    name: str
    text: str
    lines: EnumLines | NodeLines


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind that is counted, with its axes by name."""

    kind: NodeType
    axes: Mapping[str, Axis]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The declaration looked up in an ontology."""

    ontology: Ontology
    counted: tuple[Counted, ...]

    def texts(self) -> Mapping[str, str]:
        """All axes by name, with what each is."""
        found: dict[str, str] = {}
        for each in self.counted:
            for axis in each.axes.values():
                found.setdefault(axis.name, axis.text)
        return found

    def counted_by(self, rows: str, columns: str) -> Counted:
        """The kind that has both axes.

        Raises ``InvalidArgumentError`` where no kind has both, or they are the same one.
        """
        if rows == columns:
            raise InvalidArgumentError(
                f"Rows and columns are both {rows}.",
                argument="columns",
                value=columns,
                remedy="Name two axes.",
            )
        for each in self.counted:
            if rows in each.axes and columns in each.axes:
                return each
        beside = {name for each in self.counted if rows in each.axes for name in each.axes} - {rows}
        raise InvalidArgumentError(
            f"Nothing is counted by {rows} and {columns} at once.",
            remedy=f"With {rows} go: {', '.join(sorted(beside))}.",
            argument="columns",
            value=columns,
        )


def coverage_of(declared: CoverageDeclaration, ontology: Ontology) -> Coverage:
    """Look a declaration up; raises ``InvalidOntologyError`` with everything that is not there."""
    clashes = list(_clashes(declared, ontology))
    if clashes:
        raise InvalidOntologyError("What is counted is declared wrongly: " + "; ".join(clashes) + ".")
    counted = []
    for each in declared.counted:
        kind = ontology.node(each.kind.__name__)
        counted.append(Counted(kind, {axis.name: _axis(axis, kind, ontology) for axis in each.axes}))
    return Coverage(ontology, tuple(counted))


def _axis(declared: AxisOf, kind: NodeType, ontology: Ontology) -> Axis:
    relation = _relation(kind, declared.by)
    if relation is None:
        return Axis(declared.name, declared.text, EnumLines(_enum(kind, declared.by)))
    target = ontology.node(relation.target)
    lines = ontology.node(declared.lines.__name__) if declared.lines else target
    above = _above(lines, ontology)
    rolled = lines.hierarchy if above is not None else None
    only = tuple((lines.property_named(name), member.name) for name, member in declared.only.items())
    return Axis(declared.name, declared.text, NodeLines(relation, target, lines, rolled, above, only))


def _above(kind: NodeType, ontology: Ontology) -> Relation | None:
    """The relation to the nodes of the same kind that contain one directly."""
    hierarchy = kind.hierarchy
    if hierarchy is None or kind.name not in ontology.node(hierarchy.target).concrete:
        return None
    return _relation(kind, hierarchy.forward.field)


def _relation(kind: NodeType, field_name: str) -> Relation | None:
    return next((each for each in kind.relations if each.end.field == field_name), None)


def _enum(kind: NodeType, name: str) -> Property:
    return next(each for each in kind.properties if each.field == name and each.enum)


def _clashes(declared: CoverageDeclaration, ontology: Ontology) -> Iterator[str]:
    for each in declared.counted:
        kind = ontology.nodes.get(each.kind.__name__)
        if kind is None or kind.abstract:
            yield f"{each.kind.__name__} is no kind that is stored"
            continue
        names = [axis.name for axis in each.axes]
        yield from (
            f"{kind.name} has two axes {name}" for name in sorted(set(names)) if names.count(name) > 1
        )
        for axis in each.axes:
            yield from _clashes_of(axis, kind, ontology)


def _clashes_of(axis: AxisOf, kind: NodeType, ontology: Ontology) -> Iterator[str]:
    relation = _relation(kind, axis.by)
    if relation is None or relation.transitive:
        if not any(found.field == axis.by and found.enum for found in kind.properties):
            yield f"{kind.name} has no relation or enum '{axis.by}' for the axis {axis.name}"
        return
    lines = ontology.nodes.get(axis.lines.__name__) if axis.lines else ontology.node(relation.target)
    if lines is None or lines.abstract:
        yield f"the lines of {axis.name} are of no kind that is stored"
        return
    if _above(lines, ontology) is None and lines.name not in ontology.node(relation.target).concrete:
        yield f"{axis.name} leads to no {lines.name}"
    known = {found.name for found in lines.properties}
    yield from (f"{lines.name} has no property '{name}'" for name in axis.only if name not in known)
