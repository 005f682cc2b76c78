"""``duplicates``: the pairs of records that may be the same, for somebody to judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat
from graph_api.duplicates.index import DEFAULT_THRESHOLD
from graph_api.errors import InvalidSettingError
from graph_api.ontology import Ontology
from graph_api.serve.declared import identity_named, imported

_DOCUMENT = """query ($kind: String, $threshold: Float!, $first: Int!, $judged: Boolean!) {
  duplicates(kind: $kind, threshold: $threshold, first: $first, judged: $judged) {
    totalCount
    pairs {
      score
      entities { kind: __typename %s %s }
      reasons { kind contribution detail }
    }
  }
}"""


@click.command("duplicates")
@click.option("--kind", help="A kind that is compared, by the name of its list; by default the first.")
@click.option(
    "--threshold", type=float, default=DEFAULT_THRESHOLD, show_default=True, help="The least score."
)
@click.option("--judged", is_flag=True, help="Also pairs that somebody has judged already.")
@asking_options
def duplicates_command(
    kind: str | None, threshold: float, judged: bool, output: str, **given: Path | str | None
) -> None:
    """List pairs of records that may be the same, with score and reasons. Nothing is merged."""
    settings = settings_given(given)
    ontology = imported(settings.ontology, Ontology)
    identity = identity_named(settings.identity, ontology)
    if identity is None:
        raise InvalidSettingError("Nothing is compared: the setting identity is empty.", setting="identity")
    variables = {"kind": kind, "threshold": threshold, "first": settings.max_page, "judged": judged}
    key, name = ontology.node(ontology.root).key.field, identity.kinds[0].names[0].field
    data = ask(settings, _DOCUMENT % (key, name), variables, given)
    form = RowFormat(output)
    print_answer(data if form is RowFormat.JSON else _rows(data, key, name), form)


def _rows(data: Mapping[str, object], key: str, name: str) -> Mapping[str, object]:
    """The pairs with one column for each thing that is said of them."""
    found = cast("Mapping[str, object]", data["duplicates"])
    pairs = cast("list[Mapping[str, object]]", found["pairs"])
    rows = [
        {
            "score": f"{cast(float, pair['score']):.2f}",
            **_sides(cast("list[Mapping[str, object] | None]", pair["entities"]), key, name),
            "reasons": "; ".join(map(_reason, cast("list[Mapping[str, object]]", pair["reasons"]))),
        }
        for pair in pairs
    ]
    return {"duplicates": {"totalCount": found["totalCount"], "nodes": rows}}


def _sides(entities: list[Mapping[str, object] | None], key: str, name: str) -> Mapping[str, object]:
    columns: dict[str, object] = {}
    for side, entity in zip("ab", entities, strict=True):
        found = entity or {}
        columns[f"name_{side}"] = found.get(name)
        columns[f"{side}"] = f"{found['kind']}:{found[key]}" if found else None
    return columns


def _reason(reason: Mapping[str, object]) -> str:
    text = f"{cast(float, reason['contribution']):+.2f} {reason['kind']}"
    return f"{text} ({reason['detail']})" if reason["detail"] else text
