"""What a sheet can be for: a kind or an edge type, with the columns of its canonical table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph_api.errors import InvalidArgumentError
from graph_api.imports.canonical import edge_columns, node_columns, relation_column, simple_relations
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.folding import fold
from graph_api.ontology.model import EdgeType, NodeType, Property, Relation, ScalarType

_CLOSE = 60.0
ENDS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a target: a property, a property in one language, or the nodes at the other end of an edge.

    ``end`` is the kind of those nodes; ``many`` says that a cell can hold several, or several texts.
    ``names`` are further names under which a heading may mean it.
    """

    name: str
    text: str
    required: bool
    many: bool = False
    prop: Property | None = None
    language: str = ""
    relation: Relation | None = None
    end: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A kind or an edge type that the rows of a sheet are. ``names`` is what it is called, squeezed."""

    name: str
    edge: EdgeType | None
    kind: NodeType | None
    columns: tuple[Column, ...]
    names: tuple[str, ...]

    def column(self, name: str) -> Column | None:
        """The column of this name."""
        return next((each for each in self.columns if each.name == name), None)

    @property
    def title(self) -> str:
        """The name to show: the plural of a kind, the name of an edge type."""
        return self.kind.plural if self.kind is not None else self.name


def targets_of(ontology: Ontology, role: str | None = None) -> tuple[Target, ...]:
    """All targets, kinds first; with a role only what it sees, and of that the columns that it sees."""
    shown = ontology.roles[-1] if role is None and ontology.roles else role or ontology.public
    kinds = [_of_kind(ontology, each, shown) for each in ontology.kinds() if _seen(ontology, shown, each)]
    edges = [
        _of_edge(ontology, each, shown)
        for each in ontology.edges.values()
        if _seen(ontology, shown, each)
        and all(_seen(ontology, shown, ontology.node(end)) for end in (each.source, each.target))
    ]
    return (*kinds, *edges)


def target_named(targets: tuple[Target, ...], text: str) -> Target:
    """The target of this name, plural or field, whatever its spelling.

    Raises ``InvalidArgumentError`` with the nearest name when nothing is called so.
    """
    wanted = squeezed(text)
    for each in targets:
        if wanted in each.names:
            return each
    names = [each.title for each in targets]
    near = process.extractOne(text, names, scorer=fuzz.WRatio, score_cutoff=_CLOSE)
    remedy = f"Did you mean {near[0]}? " if near is not None else ""
    raise InvalidArgumentError(
        f"Nothing that can be imported is called '{text[:60]}'.",
        remedy=f"{remedy}There are: {', '.join(names)}.",
        argument="as",
        value=text[:60],
    )


def squeezed(text: str) -> str:
    """A text as headings and names are compared: folded, letters and digits only."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _seen(ontology: Ontology, role: str, found: NodeType | EdgeType | Property) -> bool:
    return not ontology.roles or ontology.sees(role, found.visible_to)


def _of_kind(ontology: Ontology, kind: NodeType, role: str) -> Target:
    relations = {relation_column(each): each for each in simple_relations(kind)}
    columns: list[Column] = []
    for name in node_columns(ontology, kind.name):
        relation = relations.get(name)
        if relation is not None:
            if _seen(ontology, role, relation.edge):
                columns.append(_of_relation(name, relation))
        else:
            columns.extend(_of_property(ontology, kind.properties, name, role))
    names = {squeezed(each) for each in (kind.name, kind.plural, kind.field)}
    return Target(kind.name, None, kind, tuple(columns), tuple(sorted(names)))


def _of_edge(ontology: Ontology, edge: EdgeType, role: str) -> Target:
    columns: list[Column] = []
    for name in edge_columns(ontology, edge.name):
        if name in ENDS:
            end = edge.source if name == "source" else edge.target
            other = edge.target if name == "source" else edge.source
            called = () if end == other else (ontology.node(end).name, ontology.node(end).plural)
            text = f"The key of the {end} that it goes {'from' if name == 'source' else 'to'}."
            columns.append(Column(name, text, True, end=end, names=called))
        else:
            columns.extend(_of_property(ontology, edge.properties, name, role))
    names = {squeezed(each) for each in (edge.name, edge.type, edge.forward.field)}
    return Target(edge.name, edge, None, tuple(columns), tuple(sorted(names)))


def _of_relation(name: str, relation: Relation) -> Column:
    return Column(
        name,
        relation.end.description,
        relation.end.cardinality is Cardinality.EXACTLY_ONE,
        many=relation.many,
        relation=relation,
        end=relation.target,
        names=(relation.end.field,),
    )


def _of_property(
    ontology: Ontology, properties: tuple[Property, ...], name: str, role: str
) -> Iterator[Column]:
    for found in properties:
        if not _seen(ontology, role, found):
            continue
        many = found.type is ScalarType.STRINGS
        if found.name == name:
            end = ontology.source_kind if name == "sources" else ""
            required = found.required and (not many or name == "sources")
            yield Column(name, found.description, required, many, found, end=end, names=(found.field,))
        elif found.localized and ontology.languages is not None:
            for language in ontology.languages:
                if found.in_language(language.name) == name:
                    called = tuple(f"{found.field} {each}" for each in (language.name, str(language.value)))
                    text = f"{found.description} In {str(language.value).rstrip('.')}."
                    yield Column(name, text, False, False, found, language.name, names=called)
