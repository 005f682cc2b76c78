"""The columns of a list's export: what is asked for each, and how its cell is read from the answer.

A column is a path of fields: ``name``, ``studio.name``, ``partners`` (the keys), ``partners.name``. Names
are those of the API or of the importer's tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, TypeAlias, cast

from graph_api.errors import ForbiddenError, InvalidArgumentError
from graph_api.exports.answers import Cell
from graph_api.imports.canonical import relation_column, simple_relations
from graph_api.ontology import Ontology
from graph_api.ontology.model import DerivedProperty, NodeType, Property, Relation, ScalarType

Selection: TypeAlias = "dict[str, Selection]"
NESTED: Final = 20
"""Nodes of a to-many relation that are read with their row; more are read for themselves."""
_PAGE: Selection = {"pageInfo": {"hasNextPage": {}, "endCursor": {}}}
ALWAYS: Final = ("synthetic", "sources")
"""Columns that no export leaves out."""


class CellType(Enum):
    """What the cells of a column hold, where they hold anything."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    DATE = auto()
    LIST = auto()


_TYPES: Final = {
    ScalarType.STRING: CellType.TEXT,
    ScalarType.ENUM: CellType.TEXT,
    ScalarType.INT: CellType.WHOLE,
    ScalarType.FLOAT: CellType.NUMBER,
    ScalarType.BOOLEAN: CellType.BOOLEAN,
    ScalarType.DATE: CellType.DATE,
    # Written as precisely as it is known: only a whole day becomes a date.
    ScalarType.PARTIAL_DATE: CellType.DATE,
    ScalarType.STRINGS: CellType.LIST,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``steps`` lead to its value by the keys of the answer.

    ``many`` is the step that is a connection. ``unlike`` is the field whose value stands there when the
    column has none of its own. ``kinds`` says that keys stand with their kind.
    """

    name: str
    type: CellType
    steps: tuple[str, ...]
    selection: Selection
    many: int | None = None
    unlike: str | None = None
    kinds: bool = False

    def cell(self, node: Mapping[str, object]) -> Cell:
        """The cell in the row of a node."""
        found = list(_values(node, self.steps, self.kinds))
        if self.many is not None or self.type is CellType.LIST:
            return [str(each) for each in found]
        value = found[0] if found else None
        if self.unlike is not None and value == node.get(self.unlike):
            return None
        return cast(Cell, value)


def _values(value: object, steps: tuple[str, ...], kinds: bool) -> Iterator[object]:
    if isinstance(value, list):
        for each in value:
            yield from _values(each, steps, kinds)
    elif isinstance(value, Mapping):
        if kinds and len(steps) == 1:
            yield f"{value['__typename']}:{value[steps[0]]}"
        elif steps:
            inner = value.get(steps[0])
            yield from _values(inner, steps[1:], kinds)
    elif value is not None:
        yield value


@dataclass(slots=True)
class _Path:
    """A path on its way to become a column."""

    steps: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    many: int | None = None


class Columns:
    """The columns that a role can have of a kind."""

    def __init__(self, ontology: Ontology, kind: NodeType, role: str) -> None:
        self._ontology = ontology
        self._kind = kind
        self._role = role

    def default(self) -> list[Column]:
        """Those of the importer's table, and the names of what to-one relations lead to."""
        columns: list[Column] = []
        for found in self._kind.properties:
            if found.name not in ALWAYS and self._sees(found.visible_to):
                columns.append(self.named(found.name))
                columns.extend(self._in_languages(found))
        for relation in self._kind.relations:
            if self._sees_relation(relation):
                if relation in simple_relations(self._kind):
                    columns.append(self.named(relation.end.field, relation_column(relation)))
                if not relation.many and not relation.transitive:
                    label = label_of(self._ontology.node(relation.target))
                    columns.append(self.named(f"{relation.end.field}.{label.field}"))
        return [*columns, *(self.named(name) for name in ALWAYS)]

    def chosen(self, names: Sequence[str]) -> list[Column]:
        """These, the key in front and what no export leaves out at the end, where they are not among them.

        Raises ``InvalidArgumentError`` for a name that leads nowhere, ``ForbiddenError`` for what the role
        may not see.
        """
        wanted = [*([] if "key" in names else ["key"]), *names]
        wanted += [name for name in ALWAYS if name not in wanted]
        return [self.named(name) for name in dict.fromkeys(wanted)]

    def plain(self) -> list[Column]:
        """The properties alone, what relations lead to left out."""
        names = [found.name for found in self._kind.properties if self._sees(found.visible_to)]
        return [self.named(name) for name in names]

    def named(self, path: str, name: str = "") -> Column:
        """The column of a path; raises like ``chosen``."""
        kind, walked = self._kind, _Path()
        *before, last = path.split(".")
        for part in before:
            kind = self._follow(kind, self._relation(kind, part, path), walked)
        return self._end(kind, last, walked, path, name or path)

    def _end(self, kind: NodeType, last: str, walked: _Path, path: str, name: str) -> Column:
        if last == "sources":
            walked.steps += ["sources", "key"]
            walked.fields += ["sources", "key"]
            return self._column(name, CellType.LIST, walked)
        found = _property(kind, last)
        if found is not None:
            if isinstance(found, Property) and not self._sees(found.visible_to):
                raise ForbiddenError(
                    f"The column {path} may not be seen by {self._role}.", argument="columns"
                )
            walked.steps.append(found.field)
            walked.fields.append(found.field)
            return self._column(name, _TYPES[found.type], walked)
        if not walked.steps and (language := self._language(last)) is not None:
            owner, code = language
            walked.steps.append(last)
            walked.fields.append(f"{last}: {owner.field}(language: {code})")
            return self._column(name, CellType.TEXT, walked, unlike=owner.field)
        target = self._follow(kind, self._relation(kind, last, path), walked)
        walked.steps.append("key")
        walked.fields.append("key")
        return self._column(name, CellType.TEXT, walked, kinds=target.abstract)

    def _column(
        self, name: str, type_: CellType, walked: _Path, *, unlike: str | None = None, kinds: bool = False
    ) -> Column:
        selection: Selection = {"__typename": {}} if kinds else {}
        selection[walked.fields[-1]] = {}
        for text in reversed(walked.fields[:-1]):
            selection = {text: selection} | (_PAGE if text == "nodes" else {})
        if unlike is not None:
            selection[unlike] = {}
        if walked.many is not None:
            type_ = CellType.LIST
        return Column(name, type_, tuple(walked.steps), selection, walked.many, unlike, kinds)

    def _relation(self, kind: NodeType, part: str, path: str) -> Relation:
        for relation in kind.relations:
            if part in (relation.end.field, relation_column(relation)):
                if not self._sees_relation(relation):
                    raise self._forbidden(path)
                return relation
        raise InvalidArgumentError(
            f"{kind.name} has no {part!r:.60}, so there is no column {path!r:.100}.",
            remedy="Write fields of the API, with dots between them: owner.name.",
            argument="columns",
            value=path[:100],
        )

    def _follow(self, kind: NodeType, relation: Relation, walked: _Path) -> NodeType:
        walked.steps.append(relation.end.field)
        if not relation.many:
            walked.fields.append(relation.end.field)
        elif walked.many is not None or walked.steps != [relation.end.field]:
            raise InvalidArgumentError(
                f"A column follows one relation to many nodes, and from {self._kind.name} only.",
                remedy="Write a question for it, and export that.",
                argument="columns",
            )
        else:
            walked.many = 0
            walked.steps.append("nodes")
            walked.fields += [f"{relation.end.field}(first: {NESTED})", "nodes"]
        return self._ontology.node(relation.target)

    def _in_languages(self, found: Property) -> Iterator[Column]:
        if found.localized and self._ontology.languages is not None:
            for language in self._ontology.languages:
                yield self.named(found.in_language(language.name))

    def _language(self, name: str) -> tuple[Property, str] | None:
        for found in self._kind.properties:
            if found.localized and self._sees(found.visible_to):
                for language in self._ontology.languages or ():
                    if name == found.in_language(language.name):
                        return found, language.name
        return None

    def _forbidden(self, path: str) -> ForbiddenError:
        return ForbiddenError(f"The column {path} may not be seen by {self._role}.", argument="columns")

    def _sees(self, needed: str | None) -> bool:
        return self._ontology.sees(self._role, needed)

    def _sees_relation(self, relation: Relation) -> bool:
        kinds = [self._ontology.node(name) for name in self._ontology.node(relation.target).concrete]
        return self._sees(relation.edge.visible_to) and any(self._sees(kind.visible_to) for kind in kinds)


def label_of(kind: NodeType) -> Property:
    """The property that people call a node by: its first text in several languages, or else its key."""
    return next((found for found in kind.properties if found.localized), kind.key)


def merged(columns: Sequence[Column]) -> Selection:
    """What to ask of a node for these columns: each field once."""
    tree: Selection = {"key": {}}
    for column in columns:
        _merge(tree, column.selection)
    return tree


def _merge(tree: Selection, more: Selection) -> None:
    for text, below in more.items():
        _merge(tree.setdefault(text, {}), below)


def rendered(tree: Selection) -> str:
    """A selection set without its braces."""
    return " ".join(f"{text} {{ {rendered(below)} }}" if below else text for text, below in tree.items())


def _property(kind: NodeType, name: str) -> Property | DerivedProperty | None:
    both: tuple[Property | DerivedProperty, ...] = (*kind.properties, *kind.derived)
    for found in both:
        if name in (found.name, found.field):
            return found
    return None
