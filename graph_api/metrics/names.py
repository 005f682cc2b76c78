"""What is measured of a node, and in which portions it is computed."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """What is computed together, since it needs the same work."""

    LOCAL = "local"
    DISTANCES = "distances"
    COMMUNITIES = "communities"


class Metric(Enum):
    """A value of each node, by its field; its members know their part and whether they are whole numbers."""

    DEGREE = "degree"
    IN_DEGREE = "inDegree"
    OUT_DEGREE = "outDegree"
    CORE = "core"
    PAGE_RANK = "pageRank"
    COMPONENT = "component"
    BROKERAGE = "brokerage"
    BETWEENNESS = "betweenness"
    CLOSENESS = "closeness"
    COMMUNITY = "community"

    @property
    def part(self) -> Part:
        """With what it is computed."""
        if self in (Metric.BETWEENNESS, Metric.CLOSENESS):
            return Part.DISTANCES
        return Part.COMMUNITIES if self is Metric.COMMUNITY else Part.LOCAL

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        return self not in (Metric.PAGE_RANK, Metric.BROKERAGE, Metric.BETWEENNESS, Metric.CLOSENESS)

    @property
    def text(self) -> str:
        """What it is, for the API."""
        return _TEXTS[self]


METRICS = {metric.value: metric for metric in Metric}
"""All metrics by the names of their fields."""

_TEXTS = {
    Metric.DEGREE: "How many edges it has, in both directions, parallel ones included.",
    Metric.IN_DEGREE: "How many edges lead to it.",
    Metric.OUT_DEGREE: "How many edges come from it.",
    Metric.CORE: "The k of the largest k-core that it is in: there everybody has k neighbours or more.",
    Metric.PAGE_RANK: "PageRank along edges in both directions, damped by 0.85; all values add up to 1.",
    Metric.COMPONENT: "The number of the connected component that it is in; 1 is the largest.",
    Metric.BROKERAGE: (
        "How evenly those with whom it shares a node belong to different groups, as the participation "
        "coefficient of Guimerà and Amaral (2005): 0 where all are of one group, nearer to 1 "
        "the more groups. Nothing where it shares a node with nobody of a group."
    ),
    Metric.BETWEENNESS: (
        "The share of the shortest paths between two others that lead through it, from 0 to 1; estimated "
        "where there is much to compute, see `betweennessError`."
    ),
    Metric.CLOSENESS: (
        "How near it is to the others: 1 divided by the mean distance to those that it reaches, multiplied "
        "by their share of all (Wasserman and Faust); an estimate of many, see `closenessError`."
    ),
    Metric.COMMUNITY: "The number of its community, found by the Leiden method; 1 is the largest.",
}
