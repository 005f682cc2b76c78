"""``metrics``: how nodes stand among each other, as a list, or figures about the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.errors import InvalidArgumentError, InvalidSettingError
from graph_api.exports.columns import label_of
from graph_api.metrics.declare import Measured
from graph_api.metrics.names import METRICS, Metric
from graph_api.ontology import Ontology
from graph_api.ontology.names import upper_snake_case
from graph_api.serve.declared import imported, measured_named
from graph_api.serve.fields.metric_types import DEFAULT_PAGE, FIGURES

_DOCUMENT = """query ($kinds: [EntityKind!], $relations: [RelationKind!], $of: [EntityKind!], $asOf: Date,
    $orderBy: [%s!], $first: Int, $after: String) {
  %s(kinds: $kinds, relations: $relations, of: $of, asOf: $asOf, orderBy: $orderBy,
      first: $first, after: $after) {
    %s
  }
}"""
_LIST = (
    "edges { node { kind: __typename key: %s name: %s } %s } totalCount pageInfo { hasNextPage endCursor }"
)
_SHOWN = ("degree", "betweenness", "closeness", "pageRank", "core", "community", "brokerage")
_WHOLE = ("graphVersion", "nodeCount", "edgeCount", *FIGURES)
_DIGITS = 4
Json: TypeAlias = Mapping[str, object]


@click.command("metrics")
@click.option("--by", default=Metric.DEGREE.value, show_default=True, help="The metric to order by.")
@click.option("--ascending", is_flag=True, help="The smallest values first.")
@click.option("--metric", "metrics", multiple=True, help="Show this metric; can be given again.")
@click.option("--summary", is_flag=True, help="Figures about all that is measured instead of a list.")
@click.option("--kind", "kinds", multiple=True, help="Measure nodes of this kind, as EVENT.")
@click.option("--relation", "relations", multiple=True, help="Joined by this type of edges.")
@click.option("--of", multiple=True, help="List only nodes of this kind, as EVENT.")
@click.option("--first", type=int, default=DEFAULT_PAGE, show_default=True, help="How many.")
@click.option("--after", help="The end of the page before, as it was printed.")
@click.option("--as-of", help="Only edges that hold on this day, as 2024-05-31.")
@asking_options
def metrics_command(
    by: str, ascending: bool, metrics: tuple[str, ...], summary: bool, output: str, **given: object
) -> None:
    """Measure how nodes stand: degree, betweenness, closeness, PageRank, k-cores, communities, brokers."""
    settings = settings_given(given)
    ontology = imported(settings.ontology, Ontology)
    measured = measured_named(settings.measured, ontology)
    if measured is None:
        raise InvalidSettingError("Nothing is measured: the setting measured is empty.", setting="measured")
    shown = [_metric(each, "--metric") for each in metrics or _SHOWN]
    variables = {
        "kinds": _members(given["kinds"]),
        "relations": given["relations"] or None,
        "of": _members(given["of"]),
        "asOf": given["as_of"],
        "orderBy": [{_metric(by, "--by"): "ASC" if ascending else "DESC"}],
        "first": given["first"],
        "after": given["after"],
    }
    data = ask(settings, _document(measured, shown, summary=summary), variables, given)
    found = cast("Json", data[measured.field])
    if output == RowFormat.JSON:
        print_answer(data, RowFormat.JSON)
    elif summary:
        rows = [{"figure": name, "value": _shortened(found[name])} for name in _WHOLE]
        print_rows(("figure", "value"), rows, RowFormat(output))
    else:
        _print_list(found, shown, output)


def _document(measured: Measured, shown: Sequence[str], *, summary: bool) -> str:
    root = measured.ontology.node(measured.ontology.root)
    listed = _LIST % (root.key.field, label_of(root).field, " ".join(shown))
    return _DOCUMENT % (measured.order_name, measured.field, " ".join(_WHOLE) if summary else listed)


def _print_list(found: Json, shown: Sequence[str], output: str) -> None:
    edges = cast("list[Json]", found["edges"])
    # A node that is gone meanwhile leaves its metrics behind.
    rows = [
        {**cast("Json", edge["node"] or {}), **{name: _shortened(edge[name]) for name in shown}}
        for edge in edges
    ]
    print_rows(("kind", "key", "name", *shown), rows, RowFormat(output))
    page = cast("Json", found["pageInfo"])
    if page["hasNextPage"] and output == RowFormat.TABLE:
        more = f"{len(edges)} of {found['totalCount']}; for those after them: --after {page['endCursor']}"
        click.echo(more, err=True)


def _metric(name: str, option: str) -> str:
    """A metric as the API names it; raises ``InvalidArgumentError`` naming those that there are."""
    if name not in METRICS:
        raise InvalidArgumentError(
            f"There is no metric '{name[:80]}'.",
            remedy=f"There are: {', '.join(METRICS)}.",
            argument=option,
            value=name[:80],
        )
    return name


def _members(given: object) -> list[str] | None:
    """Kinds as the API names them, however they are written."""
    names = cast("tuple[str, ...]", given)
    return [each if each.isupper() else upper_snake_case(each) for each in names] or None


def _shortened(value: object) -> object:
    return f"{value:.{_DIGITS}f}" if isinstance(value, float) else value
