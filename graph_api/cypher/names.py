"""Names in Cypher: labels, relationship types, properties, parameters and variables.

Every name of a statement passes here. They come from the ontology, never from a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph_api.errors import InvalidOntologyError
from graph_api.ontology.model import NodeType
from graph_api.plan.tree import Parameter

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


def identifier(name: str) -> str:
    """The name as it stands in a text; raises ``InvalidOntologyError`` for one that would need quotes."""
    if _IDENTIFIER.fullmatch(name) is None:
        raise InvalidOntologyError(
            f"'{name}' cannot be the name of a label, a relationship type or a property."
        )
    return name


def labels(kind: NodeType) -> str:
    """``City`` for a concrete kind, ``City|Land`` for an interface."""
    return "|".join(identifier(name) for name in kind.concrete)


def parameter(found: Parameter) -> str:
    """``$p0``."""
    return f"${identifier(found.name)}"


def text(value: str) -> str:
    """A string literal for a name of the ontology (a tag), never for a value."""
    return f'"{identifier(value)}"'


def kind_name(node: str, kinds: Iterable[str]) -> str:
    """The name of a node's kind, as an expression."""
    cases = (f"WHEN {node}:{identifier(kind)} THEN {text(kind)}" for kind in kinds)
    return f"CASE {' '.join(cases)} END"


@dataclass(slots=True)
class Variables:
    """Hands out variables, each once a statement, in the order in which the text needs them.

    ``sets`` are those resolved at the start. Every WITH has to carry them on: the embedded engine
    forgets variables of an outer query at a WITH, which Neo4j does not.
    """

    sets: tuple[str, ...] = ()
    count: int = 0

    def new(self, prefix: str) -> str:
        """``n0``, ``r1``, ``n2`` ..."""
        name = f"{prefix}{self.count}"
        self.count += 1
        return name

    def carried(self, *names: str) -> str:
        """The variables that a WITH keeps: those named, and the sets."""
        return ", ".join((*names, *self.sets))


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables of the current node, of the edge that led to it, and of the path of several."""

    node: str
    edge: str | None = None
    path: str | None = None
