"""Reading all nodes and the links between them in one statement: as a viewer may see them.

The nodes are those that the viewer sees, every condition on restricted ones included. A link is kept when
both of its ends are among them, so that no way leads through anything else. The links of the log of changes
are left out: they join whatever was stored together, and that is no relation of the things themselves.
Sources are named by keys and not joined by links, so that no way leads through them either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from graph_api.changes import log
from graph_api.cypher.names import Scope, Variables, identifier, labels, text
from graph_api.cypher.predicates import permitted, where
from graph_api.cypher.statement import Statement
from graph_api.neighborhoods.graph import Graph, Link, NodeId, graph_of
from graph_api.ontology.model import Direction, EdgeType, NodeType, Ontology, Property, ScalarType
from graph_api.plan.policy import Policy
from graph_api.plan.restriction import Restriction
from graph_api.plan.sight import visibility_of
from graph_api.plan.tree import Parameter

_LEVEL = Parameter("level")
_PLAIN = frozenset({"key", "since", "until", "synthetic", "sources"})


@dataclass(frozen=True, slots=True)
class _LinkList:
    """One list of the row: the edges of a type that come from the nodes of a kind."""

    kind: NodeType
    edge: EdgeType
    target: NodeType
    facts: tuple[Property, ...]


def walked_edges(ontology: Ontology) -> tuple[EdgeType, ...]:
    """The types of edges that are relations between things."""
    return tuple(edge for edge in ontology.edges.values() if edge.type != log.TOUCHED)


def walked_kinds(ontology: Ontology) -> tuple[NodeType, ...]:
    """The kinds of nodes that can be walked to."""
    return tuple(kind for kind in ontology.kinds() if kind.name != log.CHANGE)


def read_graph(ontology: Ontology, role: str) -> Statement:
    """The statement that reads everything for a role; ``graph_in`` reads its row.

    Every node is checked for being restricted, so that the text does not depend on what is restricted now.
    """
    policy, level = _policy(ontology, role)
    variables = Variables()
    lists = [_node_list(kind, policy, variables) for kind in _kinds(policy)]
    lists += [_link_list(each, variables) for each in _link_lists(policy)]
    values = {} if policy.restriction is None else {_LEVEL.name: level}
    return Statement(f"RETURN [{', '.join(lists)}] AS row", values)


def graph_in(ontology: Ontology, role: str, rows: Sequence[Sequence[object]]) -> Graph:
    """The graph that the statement gave. Links to nodes that came or went meanwhile are left out."""
    policy, _ = _policy(ontology, role)
    lists = cast("list[list[list[object]]]", rows[0][0])
    kinds = _kinds(policy)
    nodes: list[NodeId] = []
    for kind, found in zip(kinds, lists, strict=False):
        nodes += sorted((kind.name, str(row[0])) for row in found)
    positions = {node: position for position, node in enumerate(nodes)}
    links: list[Link] = []
    for each, found in zip(_link_lists(policy), lists[len(kinds) :], strict=True):
        links += _links(each, ontology, found, positions)
    return graph_of(nodes, sorted(links, key=_order))


def _order(link: Link) -> tuple[str, int, int, str]:
    return link.relation, link.source, link.target, link.key


def _policy(ontology: Ontology, role: str) -> tuple[Policy, int]:
    seen = visibility_of(ontology, role, ontology.nodes)
    restriction = Restriction(ontology, seen.restricted, _LEVEL) if seen.restricted else None
    return Policy(ontology, role, restriction), seen.level


def _kinds(policy: Policy) -> list[NodeType]:
    ontology, role = policy.ontology, policy.role
    return [kind for kind in walked_kinds(ontology) if ontology.sees(role, kind.visible_to)]


def _link_lists(policy: Policy) -> Iterator[_LinkList]:
    ontology = policy.ontology
    walked = {edge.type for edge in walked_edges(ontology)}
    for kind in _kinds(policy):
        for relation in kind.relations:
            seen = ontology.sees(policy.role, relation.edge.visible_to)
            forward = relation.direction is Direction.FORWARD and not relation.transitive
            if relation.edge.type in walked and seen and forward:
                target = ontology.node(relation.target)
                yield _LinkList(kind, relation.edge, target, tuple(_facts(relation.edge, policy)))


def _facts(edge: EdgeType, policy: Policy) -> Iterator[Property]:
    return (each for each in edge.properties if each.name not in _PLAIN and policy.sees(each))


def _node_list(kind: NodeType, policy: Policy, variables: Variables) -> str:
    scope = Scope(variables.new("n"))
    visible = policy.restriction.of(kind) if policy.restriction else None
    conditions = where(permitted(visible, scope, variables))
    return f"COLLECT {{ MATCH ({scope.node}:{labels(kind)}){conditions} RETURN [{scope.node}.key] }}"


def _link_list(found: _LinkList, variables: Variables) -> str:
    source, edge, end = (variables.new(prefix) for prefix in "nrn")
    match = f"MATCH ({source}:{labels(found.kind)})-[{edge}:{identifier(found.edge.type)}]->({end})"
    values = [f"{source}.key", *_end(found.target, end), *_values(found, edge)]
    return f"COLLECT {{ {match} RETURN [{', '.join(values)}] }}"


def _end(target: NodeType, end: str) -> Iterator[str]:
    """The key at the other end, and its kind where it can be of several."""
    yield f"{end}.key"
    if len(target.concrete) > 1:
        cases = (f"WHEN {end}:{identifier(name)} THEN {text(name)}" for name in target.concrete)
        yield f"CASE {' '.join(cases)} END"


def _values(found: _LinkList, edge: str) -> Iterator[str]:
    yield f"{edge}.key"
    if found.edge.dated:
        yield from (f"{edge}.since", f"{edge}.until")
    yield from (f"{edge}.synthetic", f"{edge}.sources")
    for each in found.facts:
        value = f"{edge}.{identifier(each.name)}"
        yield f"toString({value})" if each.type is ScalarType.DATE else value


def _links(
    found: _LinkList, ontology: Ontology, rows: Sequence[Sequence[object]], positions: dict[NodeId, int]
) -> Iterator[Link]:
    several = len(found.target.concrete) > 1
    only = found.target.concrete[0] if found.target.concrete else ""
    for row in rows:
        values = iter(row)
        source = positions.get((found.kind.name, str(next(values))))
        key = str(next(values))
        target = positions.get((str(next(values)) if several else only, key))
        if source is None or target is None:
            continue
        link = Link(str(next(values) or ""), found.edge.type, source, target)
        yield _told(found, ontology, link, list(values), positions)


def _told(
    found: _LinkList, ontology: Ontology, link: Link, values: list[object], positions: dict[NodeId, int]
) -> Link:
    """The link with what its edge says."""
    since, until = values[:2] if found.edge.dated else (None, None)
    synthetic, sources, *facts = values[2:] if found.edge.dated else values
    keys = (str(each) for each in cast("list[object]", sources or []))
    said = [pair for pair in zip(found.facts, facts, strict=True) if pair[1] not in (None, [], "")]
    return replace(
        link,
        since=str(since) if since else None,
        until=str(until) if until else None,
        synthetic=bool(synthetic),
        sources=tuple(key for key in keys if (ontology.source_kind, key) in positions),
        facts=tuple((each.field, _written(value)) for each, value in said),
        label=", ".join(str(value) for each, value in said if each.type is ScalarType.ENUM) or None,
    )


def _written(value: object) -> str:
    """A fact as a text: lists with commas, yes and no as JSON has them."""
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[object]", value)))
    return str(value).lower() if isinstance(value, bool) else str(value)
