"""Communities by the Leiden method (Traag, Waltman and van Eck, Scientific Reports 9, 5233, 2019).

It is run with several fixed seeds. The communities are those of the run with the highest modularity, of equal
ones the first. Their stability is the mean adjusted Rand index (Hubert and Arabie, 1985) of every two runs: 1
when all found the same, about 0 when they agree no more than by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from math import comb

from graspologic_native import leiden

from graph_api.metrics.names import Metric
from graph_api.metrics.problem import Found

Labels = Sequence[int]
Run = tuple[float, Labels]
_THREADS = 2
_RANDOMNESS, _CYCLES = 0.001, 1
"""The library's defaults; further cycles gain little and cost as much as the first."""


def communities(nodes: int, pairs: Sequence[tuple[int, int]], runs: int, say: Callable[[str], None]) -> Found:
    """The community of each node, with how good and how stable they are; a node alone is one by itself."""
    found = _runs(nodes, pairs, runs, say)
    modularity, labels = max(found, key=lambda run: run[0])
    members: dict[int, list[int]] = {}
    for node, label in enumerate(labels):
        members.setdefault(label, []).append(node)
    ordered = sorted(members.values(), key=lambda each: (-len(each), each[0]))
    numbers = [0] * nodes
    for number, each in enumerate(ordered, 1):
        for node in each:
            numbers[node] = number
    figures = {"communities": float(len(ordered))}
    if pairs:
        figures |= {"modularity": modularity, "stability": _stability([run[1] for run in found])}
    return Found({Metric.COMMUNITY: numbers}, figures)


def _runs(nodes: int, pairs: Sequence[tuple[int, int]], runs: int, say: Callable[[str], None]) -> list[Run]:
    if not pairs:
        return [(0.0, range(nodes))]
    edges = [(str(a), str(b), 1.0) for a, b in pairs]

    def run(seed: int) -> Run:
        quality, found = leiden(
            edges,
            starting_communities=None,
            resolution=1.0,
            randomness=_RANDOMNESS,
            iterations=_CYCLES,
            use_modularity=True,
            seed=seed,
            trials=1,
        )
        # A node without links is left out: it stays by itself.
        return float(quality), [found.get(str(node), nodes + node) for node in range(nodes)]

    results = []
    with ThreadPoolExecutor(_THREADS) as threads:
        for number, result in enumerate(threads.map(run, range(1, runs + 1)), 1):
            say(f"communities: run {number} of {runs}")
            results.append(result)
    return results


def _stability(found: Sequence[Labels]) -> float:
    pairs = list(combinations(found, 2))
    return sum(adjusted_rand(*pair) for pair in pairs) / len(pairs) if pairs else 1.0


def adjusted_rand(left: Labels, right: Labels) -> float:
    """How much two partitions agree: 1 for equal ones, 0 on average for unrelated ones."""
    both = sum(comb(count, 2) for count in Counter(zip(left, right, strict=True)).values())
    a, b = (sum(comb(count, 2) for count in Counter(each).values()) for each in (left, right))
    every = comb(len(left), 2)
    expected = a * b / every if every else 0.0
    largest = (a + b) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)
