"""Through what a request looks at the graph: the viewer's role, what is restricted, which keys are old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph_api.ontology.model import Ontology
from graph_api.plan.redirects import NO_REDIRECTS, Redirects


@dataclass(frozen=True, slots=True)
class Visibility:
    """What decides which nodes a viewer sees; one plan is made for each.

    ``level`` is the index of the role. ``restricted`` are the kinds whose nodes have to be checked one by
    one: those that hold restricted nodes, and none for the role that sees everything.
    """

    role: str
    level: int = 0
    restricted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sight:
    """The visibility of a request, and the redirects that hold for it."""

    visibility: Visibility
    redirects: Redirects = NO_REDIRECTS


def visibility_of(ontology: Ontology, role: str, restricted: Iterable[str] = ()) -> Visibility:
    """What a role sees of a graph in which these kinds hold restricted nodes.

    Kinds that the ontology declares as always checked are among them; names that are no kinds are not.
    """
    if role not in ontology.roles:
        return Visibility(role)
    level = ontology.roles.index(role)
    if level == len(ontology.roles) - 1:
        return Visibility(role, level)
    named = frozenset(restricted)
    checked = (kind.name for kind in ontology.kinds() if kind.rows_restricted or kind.name in named)
    return Visibility(role, level, frozenset(checked))
