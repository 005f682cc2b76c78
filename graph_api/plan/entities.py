"""The plan of nodes that Python names: by kind and key, with whatever a selection set asks of them.

A field that is not answered by the graph alone (a search, a comparison, the payload of a command) computes
which nodes it gives back; what is asked of them is compiled as for any other field, in one statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graphql.execution.collect_fields import FieldDetailsList

from graph_api.ontology.model import NodeType
from graph_api.plan.as_of import as_of
from graph_api.plan.bindings import Bindings
from graph_api.plan.convert import plain
from graph_api.plan.given import Given, Variables
from graph_api.plan.root import PlannedField, bind_level, policy_of
from graph_api.plan.selection import FieldCollector, SelectionCompiler
from graph_api.plan.sight import Sight
from graph_api.plan.tree import Listed, LookupMany, RootPlan
from graph_api.plan.vocabulary import Vocabulary
from graph_api.plan.where import WhereCompiler

_KINDS, _KEYS, _DAY = "__kinds", "__keys", "__day"
"""No variable of a document can have these names: GraphQL reserves them (specification, 2.3.1)."""


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A node by the name of its kind and its key."""

    kind: str
    key: str


def with_refs(variables: Variables, refs: Sequence[EntityRef], day: date | None = None) -> Variables:
    """The variables of a request with the nodes, and the day, that ``plan_entities`` left open."""
    named = {**variables, _KINDS: [ref.kind for ref in refs], _KEYS: [ref.key for ref in refs]}
    return named if day is None else {**named, _DAY: day}


def plan_entities(
    vocabulary: Vocabulary,
    collector: FieldCollector,
    variables: Variables,
    kind: NodeType,
    details: FieldDetailsList,
    sight: Sight,
    *,
    on_a_day: bool = False,
) -> PlannedField:
    """Plan what a field of this kind asks of nodes; ``with_refs`` says later of which, and as of which day.

    Its value is a list with a node for each of them, or nothing where the viewer sees none. Raises
    ``InvalidArgumentError`` for arguments outside their rules, ``ForbiddenError`` among them.
    """
    bindings = Bindings(sight.redirects)
    policy = policy_of(vocabulary, sight)
    where = WhereCompiler(vocabulary.ontology, bindings, policy)
    compiler = SelectionCompiler(vocabulary, collector, variables, bindings, where)
    kinds = bindings.bind(_left_open(_KINDS), plain)
    keys = bindings.bind(_left_open(_KEYS), plain)
    selection = Listed(LookupMany(kind, kinds, keys), compiler.projection(kind, details))
    plan = policy.applied(RootPlan(selection, tuple(where.sets)))
    if on_a_day:
        plan = as_of(plan, bindings.bind(_left_open(_DAY), plain))
    bind_level(bindings, plan, sight)
    return PlannedField(plan, bindings.frozen(), tuple(bindings.conditions))


def _left_open(name: str) -> Given:
    return Given([], lambda variables: variables[name])
