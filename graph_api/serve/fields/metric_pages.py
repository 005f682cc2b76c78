"""Which nodes of a measured mesh a request lists: filtered, ordered, cut to a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import TypeAlias, cast

from graph_api.errors import InvalidPageError
from graph_api.metrics.declare import Choice
from graph_api.metrics.measurements import Measurement
from graph_api.metrics.names import Metric
from graph_api.plan.cursor import damaged, decode_cursor, encode_cursor, signature_of

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "eq": eq, "ne": ne, "gt": gt, "gte": ge, "lt": lt, "lte": le,
}  # fmt: skip
_Values: TypeAlias = "tuple[float | None, ...]"
_Place: TypeAlias = "tuple[tuple[bool, float], ...]"


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of a metric with a value of the request."""

    metric: Metric
    operator: str
    value: object

    def holds(self, found: float | None) -> bool:
        """Whether it holds; what is not known satisfies nothing but ``isNull``."""
        if self.operator == "isNull":
            return (found is None) is self.value
        if found is None:
            return False
        if self.operator == "in":
            return found in cast("Sequence[float]", self.value)
        return _COMPARED[self.operator](found, cast(float, self.value))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for; ``order`` has metrics and whether their largest values come first."""

    choice: Choice
    kinds: frozenset[str] | None
    where: tuple[Condition, ...]
    order: tuple[tuple[Metric, bool], ...]
    first: int
    after: str | None

    @property
    def signature(self) -> str:
        """What a cursor is bound to."""
        order = [(metric.value, falling) for metric, falling in self.order]
        where = [(each.metric.value, each.operator, each.value) for each in self.where]
        choice = (sorted(self.choice.kinds), sorted(self.choice.relations), self.choice.day)
        kinds = None if self.kinds is None else sorted(self.kinds)
        return signature_of(f"metrics|{(choice, kinds, where, order)!r}", ())


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """A page of nodes by their numbers; ``before`` and ``after`` say whether there are more."""

    wanted: Wanted
    measurement: Measurement
    numbers: Sequence[int]
    ranked: Mapping[int, _Values]
    total: int
    before: bool
    after: bool

    def cursor(self, number: int) -> str:
        """Where a node is in the list."""
        node = self.measurement.mesh.nodes[number]
        return encode_cursor(self.wanted.signature, (*self.ranked[number], *node))

    def info(self) -> Mapping[str, object]:
        """The values of ``PageInfo``."""
        return {
            "hasNextPage": self.after,
            "hasPreviousPage": self.before,
            "startCursor": self.cursor(self.numbers[0]) if self.numbers else None,
            "endCursor": self.cursor(self.numbers[-1]) if self.numbers else None,
        }


async def page_of(measurement: Measurement, wanted: Wanted, most: int) -> MetricsPage:
    """The page, of ``most`` nodes at most; raises ``InvalidArgumentError`` and what computing raises."""
    if not 0 <= wanted.first <= most:
        raise InvalidPageError(
            f"'first' is {wanted.first}; it goes from 0 to {most}.", argument="first", value=wanted.first
        )
    after = _after(wanted)
    nodes = measurement.mesh.nodes
    kept = [number for number, node in enumerate(nodes) if wanted.kinds is None or node[0] in wanted.kinds]
    for condition in wanted.where:
        found = await measurement.values(condition.metric)
        kept = [number for number in kept if condition.holds(found[number])]
    keys = [await measurement.values(metric) for metric, _ in wanted.order]
    ranked = {number: tuple(values[number] for values in keys) for number in kept}

    def place(number: int) -> tuple[_Place, tuple[str, str]]:
        return _place(wanted, ranked[number]), nodes[number]

    ordered = sorted(kept, key=place)
    start = 0 if after is None else bisect_right(ordered, after, key=place)
    end = start + wanted.first
    return MetricsPage(
        wanted, measurement, ordered[start:end], ranked, len(ordered), start > 0, end < len(ordered)
    )


def _place(wanted: Wanted, values: _Values) -> _Place:
    """What orders a node; what is not known comes last in both directions."""
    return tuple(
        (True, 0.0) if value is None else (False, -value if falling else value)
        for value, (_, falling) in zip(values, wanted.order, strict=True)
    )


def _after(wanted: Wanted) -> tuple[_Place, tuple[str, str]] | None:
    """The place of the cursor."""
    if wanted.after is None:
        return None
    size = len(wanted.order) + 2
    *values, kind, key = decode_cursor(wanted.after, wanted.signature, size, "after")
    if not all(value is None or isinstance(value, int | float) for value in values):
        raise damaged(wanted.after, "after")
    return _place(wanted, cast(_Values, tuple(values))), (str(kind), str(key))
