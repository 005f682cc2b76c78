"""Values to ask for: mostly ones that the graph has, some beside them, a few that it has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeAlias, cast

from graph_api.ontology.model import EdgeType, NodeType, Property, ScalarType
from tests.oracle.graph import PlainGraph

Choice: TypeAlias = Callable[[Random], object]
"""A value that is drawn anew for each run of an operation."""

_ONE = {
    ScalarType.STRING: ("eq", "ne", "contains", "startsWith", "isNull"),
    ScalarType.INT: ("eq", "ne", "gt", "gte", "lt", "lte", "isNull"),
    ScalarType.FLOAT: ("eq", "ne", "gt", "gte", "lt", "lte", "isNull"),
    ScalarType.BOOLEAN: ("eq", "isNull"),
    ScalarType.DATE: ("eq", "ne", "gt", "gte", "lt", "lte", "isNull"),
    ScalarType.PARTIAL_DATE: ("eq", "ne", "gt", "gte", "lt", "lte", "within", "precision", "isNull"),
    ScalarType.ENUM: ("eq", "ne", "isNull"),
    ScalarType.STRINGS: ("has",),
}
_WITHOUT_IN = (ScalarType.FLOAT, ScalarType.BOOLEAN, ScalarType.STRINGS)


@dataclass(slots=True)
class Values:
    """Draws operators and values for properties."""

    graph: PlainGraph
    pools: dict[tuple[str, str], list[object]] = field(default_factory=dict)

    def conditions(self, owner: NodeType | EdgeType, found: Property, rng: Random) -> dict[str, object]:
        """One or two conditions on a property; operators are fixed, values are drawn at each run."""
        operators = list(_ONE[found.type]) + ([] if found.type in _WITHOUT_IN else ["in"])
        if found.unique:
            operators = ["eq", "ne", "in"]
        chosen = rng.sample(operators, rng.choice([1, 1, 1, 2]) if len(operators) > 1 else 1)
        pool = self._pool(owner, found)
        return {name: self._value(name, found, pool, rng) for name in chosen}

    def keys(self, kinds: Sequence[str]) -> Choice:
        """One to three keys of nodes of these kinds."""
        keys = [node.key for node in self.graph.of_kinds(kinds)]
        return lambda rng: rng.sample(keys, min(len(keys), rng.choice([0, 1, 1, 2, 3])))

    def day(self) -> Choice:
        """A day around the dates of edges."""
        days = [
            cast(date, edge.stored[name])
            for edge in self.graph.edges
            for name in ("since_first_day", "until_last_day")
            if edge.stored.get(name) is not None
        ]
        days = sorted(set(days)) or [date(2020, 1, 1)]
        return lambda rng: (rng.choice(days) + timedelta(days=rng.choice([-1, 0, 0, 1]))).isoformat()

    def _pool(self, owner: NodeType | EdgeType, found: Property) -> list[object]:
        if (owner.name, found.name) not in self.pools:
            holders = (
                [node.stored for node in self.graph.of_kinds(owner.concrete)]
                if isinstance(owner, NodeType)
                else [edge.stored for edge in self.graph.edges if edge.type == owner.type]
            )
            stored = (holder.get(found.name) for holder in holders)
            known = [value for value in stored if value is not None]
            if found.type is ScalarType.STRINGS:
                known = [text for texts in cast("list[list[object]]", known) for text in texts]
            self.pools[owner.name, found.name] = known or [_UNUSUAL[found.type]]
        return self.pools[owner.name, found.name]

    def _value(self, operator: str, found: Property, pool: list[object], rng: Random) -> object:
        if operator == "isNull":
            return rng.random() < 0.5
        if operator == "precision":
            return lambda rng: rng.choice(["YEAR", "MONTH", "DAY"])
        if operator == "in":
            return lambda rng: [_vary(found, rng.choice(pool), rng) for _ in range(rng.choice([0, 1, 2, 4]))]
        if operator in ("contains", "startsWith"):
            return lambda rng: _part(cast(str, rng.choice(pool)), operator, rng)
        return lambda rng: _vary(found, rng.choice(pool), rng)


_UNUSUAL: dict[ScalarType, object] = {
    ScalarType.STRING: "nothing has this",
    ScalarType.INT: 7,
    ScalarType.FLOAT: 0.5,
    ScalarType.BOOLEAN: True,
    ScalarType.DATE: date(1999, 12, 31),
    ScalarType.PARTIAL_DATE: "1999-12",
    ScalarType.STRINGS: "nothing has this",
    ScalarType.ENUM: None,
}


def _vary(found: Property, value: object, rng: Random) -> object:
    match found.type:
        case ScalarType.ENUM if found.enum is not None:
            return rng.choice(list(found.enum)).name
        case ScalarType.STRING | ScalarType.STRINGS:
            return value if rng.random() < 0.9 else f"{value}?"
        case ScalarType.INT:
            return cast(int, value) + rng.choice([-1, 0, 0, 0, 1])
        case ScalarType.FLOAT:
            return cast(float, value) + rng.choice([-0.25, 0.0, 0.0, 0.25])
        case ScalarType.DATE:
            return (cast(date, value) + timedelta(days=rng.choice([-1, 0, 0, 1]))).isoformat()
        case ScalarType.PARTIAL_DATE:
            return cast(str, value)[: rng.choice([4, 7, 10])]
        case _:
            return rng.random() < 0.5


def _part(text: str, operator: str, rng: Random) -> str:
    start = 0 if operator == "startsWith" else rng.randrange(max(1, len(text)))
    part = text[start : start + rng.choice([0, 1, 2, 3, 8])]
    return rng.choice([part, part.upper(), part.lower()])
