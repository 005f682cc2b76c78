"""How the root field of metrics is answered: computed in memory, its nodes compiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, cast

from graphql import GraphQLFieldResolver, GraphQLResolveInfo

from graph_api.api_types.build import Resolvers
from graph_api.errors import InvalidArgumentError
from graph_api.metrics.declare import Measured
from graph_api.metrics.measurements import Measurement, Measurements
from graph_api.metrics.names import METRICS, Metric, Part
from graph_api.plan.convert import plain
from graph_api.plan.cost import GROUPS_COST
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.computed_values import measurement_of, measurements_of
from graph_api.serve.execution.context import COST, ROLE, RUNTIME, check_cost
from graph_api.serve.execution.entities import fetched, recorded
from graph_api.serve.fields.metric_pages import Condition, MetricsPage, Wanted, page_of
from graph_api.serve.fields.metric_types import DEFAULT_PAGE, FIGURES, connection_name, edge_name
from graph_api.shape.records import Record

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

Info: TypeAlias = "GraphQLResolveInfo[dict[str, object]]"
MOST_KEYS = 5
"""Keys of an order: two metrics are rarely equal for the same nodes."""
_DEFAULT_ORDER = ((Metric.DEGREE, True),)
_DISTANCES = ("samples", "betweennessError", "closenessError")


@dataclass(frozen=True, slots=True)
class _Answered:
    """A page, with the version of the graph that it is about."""

    page: MetricsPage
    version: int | None

    @property
    def measurement(self) -> Measurement:
        """The measured mesh."""
        return self.page.measurement


@dataclass(frozen=True, slots=True)
class _Row:
    """A node of a page, by its number in the mesh."""

    of: _Answered
    number: int


def metrics_resolvers(measured: Measured) -> Resolvers:
    """How the fields are answered."""
    listed, item = connection_name(measured), edge_name(measured)
    found: dict[tuple[str, str], GraphQLFieldResolver] = {
        ("Query", measured.field): _measured,
        (listed, "edges"): _rows,
        (listed, "totalCount"): lambda source, _info: source.page.total,
        (listed, "pageInfo"): lambda source, info: recorded(info, source.page.info()),
        (listed, "graphVersion"): lambda source, _info: source.version,
        (listed, "nodeCount"): lambda source, _info: source.measurement.mesh.problem.nodes,
        (listed, "edgeCount"): lambda source, _info: len(source.measurement.mesh.problem.links),
        (item, "cursor"): lambda source, _info: source.of.page.cursor(source.number),
        (item, "node"): _node,
    }
    found |= {(listed, name): _figure(figure) for name, figure in FIGURES.items()}
    return {**found, **{(item, metric.value): _value(metric) for metric in Metric}}


async def _measured(_source: object, info: Info, **arguments: object) -> _Answered:
    runtime = cast("Runtime", info.context[RUNTIME])
    wanted = _wanted(measurements_of(runtime), arguments)
    _charge(info, runtime, GROUPS_COST)
    role = cast(str, info.context.get(ROLE, runtime.vocabulary.ontology.public))
    measurement, version = await measurement_of(runtime, role, wanted.choice)
    return _Answered(await page_of(measurement, wanted, runtime.vocabulary.max_page), version)


def _wanted(measurements: Measurements, given: Mapping[str, object]) -> Wanted:
    day = cast("date | None", given.get("asOf"))
    choice = measurements.measured.choice(
        _names(given.get("kinds")), _names(given.get("relations")), day.isoformat() if day else None
    )
    first = given.get("first")
    return Wanted(
        choice,
        _names(given.get("of")),
        tuple(_conditions(cast("Mapping[str, object] | None", given.get("where")) or {})),
        tuple(_order(cast("Sequence[Mapping[str, object]] | None", given.get("orderBy")))) or _DEFAULT_ORDER,
        DEFAULT_PAGE if first is None else cast(int, first),
        cast("str | None", given.get("after")) or None,
    )


def _names(given: object) -> frozenset[str] | None:
    """The names of kinds, or the types of edges; nothing where the argument was left out."""
    if given is None:
        return None
    return frozenset(str(each.value) for each in cast("Iterable[Enum]", given))


def _conditions(where: Mapping[str, object]) -> Iterator[Condition]:
    for name, operators in where.items():
        for operator, value in cast("Mapping[str, object] | None", operators or {}).items():  # type: ignore[union-attr]  # an empty one is there
            if value is not None:
                yield Condition(METRICS[name], operator, value)


def _order(given: Sequence[Mapping[str, object]] | None) -> Iterator[tuple[Metric, bool]]:
    keys = [pair for each in given or () for pair in each.items()]
    if len(keys) > MOST_KEYS:
        raise InvalidArgumentError(
            f"'orderBy' has {len(keys)} keys; it can have {MOST_KEYS}.", argument="orderBy", value=len(keys)
        )
    for name, direction in keys:
        yield METRICS[name], plain(direction) == "DESC"


def _rows(answered: _Answered, info: Info) -> list[_Row]:
    _charge(info, cast("Runtime", info.context[RUNTIME]), len(answered.page.numbers))
    return [_Row(answered, number) for number in answered.page.numbers]


async def _node(row: _Row, info: Info) -> Record | None:
    return (await fetched(info, [EntityRef(*row.of.measurement.mesh.nodes[row.number])]))[0]


def _value(metric: Metric) -> GraphQLFieldResolver:
    async def resolve(row: _Row, _info: Info) -> float | None:
        return (await row.of.measurement.values(metric))[row.number]

    return resolve


def _figure(name: str) -> GraphQLFieldResolver:
    part = Part.DISTANCES if name in _DISTANCES else Part.COMMUNITIES
    part = Part.LOCAL if name == "components" else part

    async def resolve(answered: _Answered, _info: Info) -> float | None:
        return (await answered.measurement.part(part)).figures.get(name)

    return resolve


def _charge(info: Info, runtime: Runtime, cost: int) -> None:
    """Add to what the operation costs; raises ``GraphQLError`` when that is too much."""
    total = cast(int, info.context.get(COST, 0)) + cost
    info.context[COST] = total
    check_cost(total, runtime.max_cost)
