"""What a statement costs Neo4j: dbHits and the tree of operators, by PROFILE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import neo4j

from graph_api.cypher.statement import Statement
from graph_api.engine.connection import parse_database_url


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator of an executed plan, with those that feed it."""

    name: str
    details: str
    rows: int
    hits: int
    children: tuple[Operator, ...]

    @property
    def total(self) -> int:
        """The dbHits of the whole tree."""
        return self.hits + sum(child.total for child in self.children)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree, the last operator first."""
        yield f"{self.hits:>9,} {self.rows:>8,} {'  ' * depth}{self.name} {self.details[:150]}"
        for child in self.children:
            yield from child.lines(depth + 1)


async def profiled(url: str, statements: Sequence[Statement]) -> tuple[Operator, ...]:
    """The executed plans of the statements."""
    settings = parse_database_url(url)
    driver = neo4j.AsyncGraphDatabase.driver(
        settings.uri, auth=(settings.user or "", settings.password), notifications_min_severity="OFF"
    )
    async with driver, driver.session() as session:
        plans = []
        for statement in statements:
            result = await session.run(f"PROFILE {statement.text}", dict(statement.parameters))
            summary = await result.consume()
            if summary.profile is None:
                raise ValueError("The server made no profile.")
            plans.append(_operator(summary.profile))
        return tuple(plans)


def _operator(profile: Mapping[str, object]) -> Operator:
    arguments = cast("Mapping[str, object]", profile.get("args", {}))
    children = cast("Sequence[Mapping[str, object]]", profile.get("children", ()))
    return Operator(
        str(profile["operatorType"]).removesuffix("@neo4j"),
        str(arguments.get("Details", "")).replace("\n", " "),
        int(cast(int, profile.get("rows", 0))),
        int(cast(int, profile.get("dbHits", 0))),
        tuple(_operator(child) for child in children),
    )
