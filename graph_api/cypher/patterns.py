"""Patterns: from the current node along a relation to the next."""

from __future__ import annotations

from graph_api.cypher.names import Scope, Variables, identifier, parameter
from graph_api.ontology.model import Direction
from graph_api.plan.tree import Parameter, Traverse

# The far node carries no label: the ontology says which kinds an edge type leads to, the loader
# keeps to it, and without a label Neo4j counts edges from the degree store.


def step(traverse: Traverse, start: Scope, variables: Variables) -> tuple[str, Scope]:
    """The pattern of one step, and the scope at its end."""
    type_ = identifier(traverse.relation.edge.type)
    named = ""
    if traverse.relation.transitive:
        end = Scope(variables.new("n"), path=variables.new("q") if traverse.through is not None else None)
        relationship = f"-[:{type_}*1..]-"
        named = f"{end.path} = " if end.path else ""
    else:
        end = Scope(variables.new("n"), variables.new("r"))
        relationship = f"-[{end.edge}:{type_}]-"
    if traverse.relation.direction is Direction.FORWARD:
        return f"{named}({start.node}){relationship}>({end.node})", end
    return f"{named}({start.node})<{relationship}({end.node})", end


def reverse_step(traverse: Traverse, end: Scope, start: Scope) -> str:
    """The pattern of one step, walked from its end back to its start; the end's scope names the edge."""
    relationship = f"-[{end.edge}:{identifier(traverse.relation.edge.type)}]-"
    if traverse.relation.direction is Direction.FORWARD:
        return f"({end.node})<{relationship}({start.node})"
    return f"({end.node}){relationship}>({start.node})"


def bare_step(traverse: Traverse, start: Scope, *, backward: bool = False) -> str:
    """The pattern of one step that names nothing at its end: the form that counts are cheapest in.

    ``backward`` walks it from its end.
    """
    relationship = f"-[:{identifier(traverse.relation.edge.type)}]-"
    if (traverse.relation.direction is Direction.FORWARD) is not backward:
        return f"({start.node}){relationship}>()"
    return f"({start.node})<{relationship}()"


def holds_on(edge: str, day: Parameter) -> str:
    """Whether some day of the edge's time is the day, with open ends."""
    value = parameter(day)
    return (
        f"({edge}.since_first_day IS NULL OR {edge}.since_first_day <= {value})"
        f" AND ({edge}.until_last_day IS NULL OR {edge}.until_last_day >= {value})"
    )


def validity(traverse: Traverse, end: Scope) -> list[str]:
    """The condition that the edge holds, as a list of none or one."""
    if traverse.valid_on is None or end.edge is None:
        return []
    return [holds_on(end.edge, traverse.valid_on)]
