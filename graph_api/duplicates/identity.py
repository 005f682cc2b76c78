"""Which kinds are compared, by which properties, and what counts as a judgement: declared, then resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.duplicates.lexicon import Lexicon, NameWords, lexicon_of
from graph_api.errors import InvalidArgumentError, InvalidOntologyError
from graph_api.ontology import Node, Ontology
from graph_api.ontology.model import NodeType, Property, Relation


@dataclass(frozen=True, slots=True)
class MatchedKind:
    """A kind whose records are compared, by the names of its properties and relations.

    ``names`` are properties with its names, the one to show first; ``place`` is the relation to where it is.
    """

    kind: type[Node]
    names: tuple[str, ...] = ("name",)
    acronyms: tuple[str, ...] = ()
    place: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Judgements:
    """The kind of what somebody thinks of a pair, and its relations to the records that it is about."""

    kind: type[Node]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityDeclaration:
    """What a domain declares: the kinds, the one asked for most first, and the words of their names."""

    kinds: tuple[MatchedKind, ...]
    words: NameWords
    judgements: Judgements | None = None


@dataclass(frozen=True, slots=True)
class ComparedKind:
    """A kind whose records are compared, with its properties and its relation of the ontology."""

    kind: NodeType
    names: tuple[Property, ...]
    acronyms: tuple[Property, ...]
    place: Relation | None
    website: Property | None


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """The kind of judgements with its relations to what is judged."""

    kind: NodeType
    about: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """The declaration looked up in an ontology."""

    ontology: Ontology
    kinds: tuple[ComparedKind, ...]
    lexicon: Lexicon
    judged: JudgedBy | None

    def kind_named(self, name: str) -> NodeType:
        """The compared kind with this name, its plural's or its field's.

        Raises ``InvalidArgumentError`` naming those that there are.
        """
        for each in self.kinds:
            if name in (each.kind.name, each.kind.plural, each.kind.field):
                return each.kind
        known = ", ".join(each.kind.plural for each in self.kinds)
        raise InvalidArgumentError(
            f"No kind that is compared is called '{name[:80]}'.",
            remedy=f"There are: {known}.",
            argument="kind",
            value=name[:80],
        )


def identity_of(declared: IdentityDeclaration, ontology: Ontology) -> Identity:
    """Look a declaration up; raises ``InvalidOntologyError`` with everything that is not there."""
    clashes = list(_clashes(declared, ontology))
    if clashes:
        raise InvalidOntologyError("What is compared is declared wrongly: " + "; ".join(clashes) + ".")
    kinds = tuple(_compared(each, ontology.node(each.kind.__name__)) for each in declared.kinds)
    judged = None
    if declared.judgements is not None:
        kind = ontology.node(declared.judgements.kind.__name__)
        judged = JudgedBy(kind, tuple(_relation(kind, name) for name in declared.judgements.about))
    return Identity(ontology, kinds, lexicon_of(declared.words), judged)


def _compared(declared: MatchedKind, kind: NodeType) -> ComparedKind:
    return ComparedKind(
        kind,
        tuple(map(kind.property_named, declared.names)),
        tuple(map(kind.property_named, declared.acronyms)),
        _relation(kind, declared.place) if declared.place else None,
        kind.property_named(declared.website) if declared.website else None,
    )


def _relation(kind: NodeType, field: str) -> Relation:
    return next(each for each in kind.relations if each.end.field == field)


def _clashes(declared: IdentityDeclaration, ontology: Ontology) -> Iterator[str]:
    if not declared.kinds:
        yield "no kind is compared"
    for each in declared.kinds:
        properties = (*each.names, *each.acronyms, *filter(None, [each.website]))
        yield from _missing(each.kind, properties, tuple(filter(None, [each.place])), ontology)
    if declared.judgements is not None:
        yield from _missing(declared.judgements.kind, (), declared.judgements.about, ontology)


def _missing(
    declared: type[Node], properties: tuple[str, ...], relations: tuple[str, ...], ontology: Ontology
) -> Iterator[str]:
    kind = ontology.nodes.get(declared.__name__)
    if kind is None or kind.abstract:
        yield f"{declared.__name__} is no kind that is stored"
        return
    known = {each.name for each in kind.properties}
    yield from (f"{kind.name} has no property '{name}'" for name in properties if name not in known)
    fields = {each.end.field for each in kind.relations}
    yield from (f"{kind.name} has no relation '{name}'" for name in relations if name not in fields)
