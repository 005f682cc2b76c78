"""Values that Python has for nodes, in filters and orders: maps by key, given to the statement as parameters.

A plan says of which kind and on which day it needs which value; whoever runs it computes the values and puts
them among the variables (``with_computed``). The statement looks them up by the node's key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from graph_api.ontology.model import NodeType
from graph_api.plan.bindings import COMPUTED, Bindings, ComputedBinding
from graph_api.plan.given import Given, GivenTree, Variables
from graph_api.plan.tree import Computed, PlanNode, rewrite

FIELD = "metrics"
"""The member of filters and orders that is about computed values."""


def with_computed(variables: Variables, values: Mapping[str, Mapping[str, float]]) -> Variables:
    """The variables of a request with the values by parameter."""
    return {**variables, COMPUTED: values}


def is_computed(kind: NodeType, name: str) -> bool:
    """Whether a member of a kind's filter or order is about computed values."""
    return name == FIELD and all(found.field != FIELD for found in kind.properties)


def members_of(tree: GivenTree) -> Iterator[tuple[str, GivenTree]]:
    """What is asked of each computed value; what is null asks nothing."""
    for name, member in cast("dict[str, GivenTree]", tree).items():
        if not (isinstance(member, Given) and member.value is None):
            yield name, member


def bind_computed(bindings: Bindings, *plans: PlanNode) -> None:
    """Give plans the parameters of all computed values in them."""

    def note(node: PlanNode) -> PlanNode:
        if isinstance(node, Computed):
            name = node.values.name
            day = bindings.by_name[node.valid_on.name] if node.valid_on is not None else None
            bindings.by_name[name] = ComputedBinding(node, day)
        return node

    for plan in plans:
        rewrite(plan, note)
