"""What a domain declares: a question that reads the facts of one node, and rules that judge them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from graph_api.errors import InvalidOntologyError
from graph_api.ontology import Node, Ontology
from graph_api.ontology.model import NodeType
from graph_api.plan.entities import EntityRef


class Severity(Enum):
    """How much a finding matters, from least to most."""

    NOTE = "Worth knowing; nothing has to be done."
    ATTENTION = "Somebody should look at it."
    URGENT = "Something that is needed is missing, or is long overdue."


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says: ``evidence`` are the nodes that show it, ``sources`` the keys of what states it."""

    rule: str
    severity: Severity
    message: str
    evidence: tuple[EntityRef, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingsDeclaration:
    """A root field with findings about a node of ``kind``.

    ``document`` is one GraphQL query with one root field and the variables ``$key``, ``$many`` and
    ``$some``, the sizes of large and of small pages. ``judge`` makes findings of its answer, or nothing
    where there is no such node. ``rules`` says what each rule looks at, by name.
    """

    field: str
    type_name: str
    text: str
    kind: type[Node]
    rules: Mapping[str, str]
    document: str
    judge: Callable[[Mapping[str, object], date], Iterable[Finding] | None]


@dataclass(frozen=True, slots=True)
class Findings:
    """The declaration with its kind of the ontology."""

    declared: FindingsDeclaration
    kind: NodeType
    root: str
    source_kind: str


def findings_of(declared: FindingsDeclaration, ontology: Ontology) -> Findings:
    """Look a declaration up; raises ``InvalidOntologyError`` for a kind that is not stored."""
    kind = ontology.nodes.get(declared.kind.__name__)
    if kind is None or kind.abstract:
        raise InvalidOntologyError(f"{declared.kind.__name__} is no kind that is stored.")
    return Findings(declared, kind, ontology.root, ontology.source_kind)


def sorted_findings(found: Iterable[Finding]) -> list[Finding]:
    """The most severe first; the same ones always in the same order."""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return sorted(found, key=lambda each: (-ranks[each.severity], each.rule, each.message))
