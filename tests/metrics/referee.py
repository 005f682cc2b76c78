"""What networkx says of a network: the referee of our metrics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx
import numpy

from graph_api.metrics.names import Metric
from graph_api.metrics.problem import Problem

Values = Mapping[Metric, Sequence[float | None]]


def simple(problem: Problem) -> networkx.Graph:
    """The simple network."""
    found = networkx.Graph()
    found.add_nodes_from(range(problem.nodes))
    found.add_edges_from(problem.links)
    return found


def expected(problem: Problem) -> Values:
    """Every metric that does not depend on chance."""
    network, directed = simple(problem), networkx.MultiDiGraph()
    directed.add_nodes_from(range(problem.nodes))
    directed.add_edges_from(problem.links)
    by_node = {
        Metric.DEGREE: dict(directed.degree()),
        Metric.IN_DEGREE: dict(directed.in_degree()),
        Metric.OUT_DEGREE: dict(directed.out_degree()),
        Metric.CORE: networkx.core_number(network),
        Metric.PAGE_RANK: page_rank(network),
        Metric.BETWEENNESS: networkx.betweenness_centrality(network),
        Metric.CLOSENESS: networkx.closeness_centrality(network),
        Metric.COMPONENT: components(network),
        Metric.BROKERAGE: brokerage(network, problem.groups),
    }
    return {metric: [found[node] for node in range(problem.nodes)] for metric, found in by_node.items()}


def page_rank(network: networkx.Graph) -> dict[int, float]:
    """By the powers of the Google matrix; networkx's own function needs scipy."""
    matrix = networkx.google_matrix(network, alpha=0.85)
    values = numpy.full(len(network), 1 / max(len(network), 1))
    for _ in range(200):
        values = values @ numpy.asarray(matrix)
    return dict(enumerate(values.tolist()))


def components(network: networkx.Graph) -> dict[int, int]:
    """The numbers of components, the largest first."""
    found = sorted(networkx.connected_components(network), key=lambda each: (-len(each), min(each)))
    return {node: number for number, each in enumerate(found, 1) for node in each}


def brokerage(network: networkx.Graph, groups: Mapping[int, Sequence[int]]) -> dict[int, float | None]:
    """The participation coefficient, over networkx's collaboration weights where they are defined.

    The projection of networkx is of two-mode networks, whose shared nodes belong to no group themselves.
    """
    result: dict[int, float | None] = {}
    for node in network:
        shared: defaultdict[int, float] = defaultdict(float)
        for contact, weight in contacts(network, groups, node).items():
            for group in groups[contact]:
                shared[group] += weight / len(groups[contact])
        total = sum(shared.values())
        result[node] = 1 - sum((each / total) ** 2 for each in shared.values()) if total else None
    return result


def contacts(network: networkx.Graph, groups: Mapping[int, Sequence[int]], node: int) -> dict[int, float]:
    """With whom of any group a node shares how much, each pair by itself."""
    found: defaultdict[int, float] = defaultdict(float)
    for neighbor in network[node]:
        if groups.get(neighbor):
            found[neighbor] += 1
        others = [each for each in network[neighbor] if each != node and groups.get(each)]
        for each in others:
            found[each] += 1 / len(others)
    return found


def agreement(left: Sequence[int], right: Sequence[int]) -> float:
    """The adjusted Rand index, counted pair by pair."""
    pairs = list(combinations(range(len(left)), 2))
    same = [(left[a] == left[b], right[a] == right[b]) for a, b in pairs]
    both, ours, theirs = sum(a and b for a, b in same), sum(a for a, _ in same), sum(b for _, b in same)
    expected_both, largest = ours * theirs / len(pairs), (ours + theirs) / 2
    return 1.0 if largest == expected_both else (both - expected_both) / (largest - expected_both)
