"""``search``: entities by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat
from graph_api.errors import InvalidArgumentError, InvalidSettingError
from graph_api.ontology import Ontology
from graph_api.ontology.names import upper_snake_case
from graph_api.search.scheme import SearchScheme, search_scheme
from graph_api.serve.declared import imported
from graph_api.serve.fields.search_pages import DEFAULT_PAGE

_DOCUMENT = """query ($text: String!, $kinds: [EntityKind!], $within: [String!], $first: Int!, $asOf: Date) {
  search(text: $text, kinds: $kinds, within: $within, first: $first, asOf: $asOf) {
    totalCount
    facets { name values { key name count } }
    edges { score matchedName node { kind: __typename %s %s } }
  }
}"""


@click.command("search")
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, help="Only this kind, by its name; can be given again.")
@click.option("--within", multiple=True, help="Only within this node, by its key; can be given again.")
@click.option("--first", type=int, default=DEFAULT_PAGE, show_default=True, help="How many.")
@click.option("--as-of", help="Only relations that hold on this day, as 2024-06-30.")
@click.option("--facets", is_flag=True, help="What all that was found is, and where, instead of a list.")
@asking_options
def search_command(
    text: str,
    kinds: Sequence[str],
    within: Sequence[str],
    first: int,
    as_of: str | None,
    facets: bool,
    output: str,
    **given: Path | str | None,
) -> None:
    """Find entities by names, short forms or keys; in any script, also mistyped or unfinished."""
    settings = settings_given(given)
    if not settings.identity:
        raise InvalidSettingError("Nothing is searched: the setting identity is empty.", setting="identity")
    ontology = imported(settings.ontology, Ontology)
    scheme = search_scheme(ontology)
    variables = {
        "text": text,
        "kinds": [_kind(each, scheme) for each in kinds] or None,
        "within": list(within) or None,
        "first": first,
        "asOf": as_of,
    }
    root = ontology.node(ontology.root)
    name = scheme.kinds[0].names[0].field
    document = _DOCUMENT % (root.key.field, name)
    data = ask(settings, document, variables, given)
    form = RowFormat(output)
    shown = _facets if facets else _rows
    print_answer(data if form is RowFormat.JSON else shown(data, root.key.field, name), form)


def _kind(name: str, scheme: SearchScheme) -> str:
    """A kind as the API names it; raises ``InvalidArgumentError`` naming those that there are."""
    for each in scheme.kinds:
        kind = each.kind
        if name in (kind.name, kind.field, kind.plural, upper_snake_case(kind.name)):
            return upper_snake_case(kind.name)
    known = ", ".join(each.kind.name for each in scheme.kinds)
    raise InvalidArgumentError(
        f"No kind that is searched is called '{name[:80]}'.",
        remedy=f"There are: {known}.",
        argument="kind",
        value=name[:80],
    )


def _rows(data: Mapping[str, object], key: str, name: str) -> Mapping[str, object]:
    """One row for each entity."""
    found = cast("Mapping[str, object]", data["search"])
    edges = cast("list[Mapping[str, object]]", found["edges"])
    rows = []
    for edge in edges:
        node = cast("Mapping[str, object]", edge["node"] or {})
        rows.append(
            {
                "score": f"{cast(float, edge['score']):.2f}",
                "kind": node.get("kind"),
                "key": node.get(key),
                "name": node.get(name),
                "matched": edge["matchedName"],
            }
        )
    return {"search": {"totalCount": found["totalCount"], "nodes": rows}}


def _facets(data: Mapping[str, object], _key: str, _name: str) -> Mapping[str, object]:
    """One row for each value of each facet."""
    found = cast("Mapping[str, object]", data["search"])
    facets = cast("list[Mapping[str, object]]", found["facets"])
    rows = [
        {"facet": facet["name"], **value}
        for facet in facets
        for value in cast("list[Mapping[str, object]]", facet["values"])
    ]
    return {"search": {"nodes": rows}}
