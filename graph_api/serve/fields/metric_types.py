"""The types of the root field of metrics, and of filters and orders by them."""

from __future__ import annotations

from collections.abc import Mapping

from graph_api.api_types.names import order_name, where_name
from graph_api.api_types.specs import ArgumentSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.metrics.declare import Measured
from graph_api.metrics.names import Metric
from graph_api.plan.computed import FIELD

FIGURES = {
    "componentCount": "components",
    "communityCount": "communities",
    "modularity": "modularity",
    "stability": "stability",
    "samples": "samples",
    "betweennessError": "betweennessError",
    "closenessError": "closenessError",
}
"""The figures about all nodes, by field, with what the computation calls them."""
DEFAULT_PAGE = 20
_LISTED = "Measured nodes, and figures about all that were measured with them."
_CONDITIONS = "Conditions on metrics; all that are given must hold."


def connection_name(measured: Measured) -> str:
    """The name of the list."""
    return f"{measured.type_name}Connection"


def edge_name(measured: Measured) -> str:
    """The name of an item of the list."""
    return f"{measured.type_name}Edge"


def metrics_field(measured: Measured) -> FieldSpec:
    """The root field."""
    kinds = ", ".join(f"`{kind.plural}`" for kind in measured.kinds)
    edges = ", ".join(f"`{relation}`" for relation in measured.relations)
    text = (
        "How nodes stand among each other in a part of the graph, and figures about all of it. Without "
        f"`kinds` and `relations` it is made of {kinds}, joined by {edges}. With `kinds` alone, all edges "
        "between them count; with `relations` alone, all kinds at their ends. It is what you may "
        "see of it, in the current version of the graph; what was computed is kept until that changes."
    )
    return FieldSpec(
        measured.field,
        f"{connection_name(measured)}!",
        text,
        (
            ArgumentSpec("kinds", "[EntityKind!]", "The kinds of nodes that are measured."),
            ArgumentSpec("relations", "[RelationKind!]", "The types of edges that join them."),
            ArgumentSpec("asOf", "Date", "Only edges that hold, or may hold, on this day."),
            ArgumentSpec("of", "[EntityKind!]", "List nodes of these kinds only; all are measured."),
            ArgumentSpec(
                "where", measured.where_name, "List only nodes that satisfy this; all are measured."
            ),
            ArgumentSpec(
                "orderBy", f"[{measured.order_name}!]", "In which order; by falling `degree` without it."
            ),
            ArgumentSpec("first", "Int", f"How many; {DEFAULT_PAGE} when left out."),
            ArgumentSpec("after", "String", "The `endCursor` of the page before."),
        ),
    )


def metrics_members(measured: Measured) -> Mapping[str, tuple[FieldSpec, ...]]:
    """What filters and orders of lists have beside the ontology's own, by the names of their types."""
    text = f"its metrics, as `{measured.field}` has them without `kinds` and `relations`."
    where = FieldSpec(FIELD, measured.where_name, f"Conditions on {text}")
    order = FieldSpec(FIELD, measured.order_name, f"By {text}")
    found = {where_name(kind): (where,) for kind in measured.listed}
    return {**found, **{order_name(kind): (order,) for kind in measured.listed}}


def metrics_specs(measured: Measured) -> tuple[TypeSpec, ...]:
    """The list with its figures, one node of it, and what it is filtered and ordered by."""
    return _connection(measured), _edge(measured), _where(measured), _order(measured)


def _connection(measured: Measured) -> TypeSpec:
    fields = (
        FieldSpec("edges", f"[{edge_name(measured)}!]!", "The nodes in the order asked for."),
        FieldSpec("totalCount", "Int!", "How many are listed on all pages."),
        FieldSpec("pageInfo", "PageInfo!", "Whether there are more, and where they begin."),
        FieldSpec("graphVersion", "Int", "The version of the graph; nothing while it is not known."),
        FieldSpec("nodeCount", "Int!", "How many nodes are measured."),
        FieldSpec("edgeCount", "Int!", "How many edges join them, parallel ones included."),
        FieldSpec("componentCount", "Int!", "Into how many pieces they fall, with no edge between them."),
        FieldSpec("communityCount", "Int!", "How many communities there are."),
        FieldSpec(
            "modularity", "Float", "How much more edges lie within communities than by chance, up to 1."
        ),
        FieldSpec(
            "stability",
            "Float",
            "How much repeated searches for communities agree: the mean adjusted Rand index of every two "
            "runs with different seeds. 1 when all found the same, about 0 when no more than by chance.",
        ),
        FieldSpec(
            "samples",
            "Int",
            "From the distances of how many nodes `betweenness` and `closeness` are estimated, in components "
            "too large to compute all; nothing where they are exact.",
        ),
        FieldSpec(
            "betweennessError",
            "Float",
            "How far an estimate of `betweenness` may be off: 95 in 100 are nearer to the exact value.",
        ),
        FieldSpec("closenessError", "Float", "The same for `closeness`."),
    )
    return TypeSpec(connection_name(measured), TypeForm.OBJECT, _LISTED, fields)


def _edge(measured: Measured) -> TypeSpec:
    fields = (
        FieldSpec("cursor", "String!", "Where it is in the list."),
        FieldSpec("node", measured.ontology.root, "The node; nothing when it is gone meanwhile."),
        *(FieldSpec(metric.value, _type(metric), metric.text) for metric in Metric),
    )
    return TypeSpec(edge_name(measured), TypeForm.OBJECT, "A node with its metrics.", fields)


def _type(metric: Metric) -> str:
    name = "Int" if metric.whole else "Float"
    return name if metric is Metric.BROKERAGE else f"{name}!"


def _where(measured: Measured) -> TypeSpec:
    fields = tuple(
        FieldSpec(metric.value, "IntFilter" if metric.whole else "FloatFilter", metric.text)
        for metric in Metric
    )
    return TypeSpec(measured.where_name, TypeForm.INPUT, _CONDITIONS, fields)


def _order(measured: Measured) -> TypeSpec:
    fields = tuple(FieldSpec(metric.value, "OrderDirection", metric.text) for metric in Metric)
    return TypeSpec(measured.order_name, TypeForm.ONE_OF_INPUT, "One key of an order.", fields)
