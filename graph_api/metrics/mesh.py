"""The mesh of a question, out of the graph that a viewer sees: what they may not see is not in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph_api.metrics.declare import Choice
from graph_api.metrics.problem import Problem
from graph_api.neighborhoods.graph import Graph, NodeId


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is computed exactly, and how the rest is estimated: see ``Problem``.

    The exact work takes 10 to 20 seconds on two cores; 300 nodes of 50,000 take as long.
    """

    exact_work: int = 100_000_000
    samples: int = 300
    runs: int = 5


@dataclass(frozen=True, slots=True)
class Mesh:
    """Its nodes, by the numbers that the problem gives them."""

    nodes: tuple[NodeId, ...]
    problem: Problem


def mesh_of(graph: Graph, choice: Choice, groups: str, effort: Effort) -> Mesh:
    """The part of a graph that a choice names; ``groups`` is the type of the edges that lead to groups."""
    chosen = [place for place, node in enumerate(graph.nodes) if node[0] in choice.kinds]
    numbers = {place: number for number, place in enumerate(chosen)}
    links: list[tuple[int, int]] = []
    belonging: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for link in graph.links:
        wanted, leads = link.relation in choice.relations, link.relation == groups
        if not (wanted or leads) or not (choice.day is None or link.holds_on(choice.day)):
            continue
        source, target = numbers.get(link.source), numbers.get(link.target)
        if wanted and source is not None and target is not None and source != target:
            links.append((source, target))
        if leads and source is not None:
            belonging[source][link.target] = None
    members = {node: tuple(found) for node, found in belonging.items()}
    problem = Problem(len(chosen), links, members, effort.exact_work, effort.samples, effort.runs)
    return Mesh(tuple(graph.nodes[place] for place in chosen), problem)
