"""``history``: who changed what, when, and on which source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import click

from graph_api.changes.history import ToldChange, ToldItem, change_numbered, items_numbered, latest_changes
from graph_api.changes.items import NodeRef
from graph_api.cli.options import store_options
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.cli.stores import on_store
from graph_api.engine.protocol import Store
from graph_api.errors import InvalidArgumentError
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.settings import settings_from

_CHANGES = ("number", "time", "actor", "role", "name", "reason", "sources", "items", "undone_by")
_ITEMS = ("outcome", "item", "before", "after")


@click.command("history")
@click.option("--entity", metavar="KIND:KEY", help="Only what touched this.")
@click.option("--number", type=int, help="One change, with everything that it did.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="So many at most."
)
@click.option(
    "--format",
    "output",
    type=click.Choice([str(each) for each in RowFormat]),
    default="table",
    help="How to print it.",
)
@store_options
def history_command(entity: str | None, number: int | None, limit: int, output: str, **given: object) -> None:
    """List the changes of the graph, the newest first."""
    settings, form = settings_from(given), RowFormat(output)
    ontology = imported(settings.ontology, Ontology)
    if number is None:
        about = _entity(ontology, entity) if entity is not None else None
        told = on_store(settings, lambda store: latest_changes(store, limit, about))
        print_rows(_CHANGES, [_row(each) for each in told], form)
        return
    change, items = on_store(settings, lambda store: _one(store, ontology, number))
    rows = [asdict(each) for each in items]
    if form is RowFormat.JSON:
        print_rows(_CHANGES, [{**_row(change), "did": rows}], form)
        return
    if form is RowFormat.TABLE:
        print_rows(_CHANGES, [_row(change)], form)
    print_rows(_ITEMS, rows, form)


async def _one(store: Store, ontology: Ontology, number: int) -> tuple[ToldChange, list[ToldItem]]:
    change = await change_numbered(store, number)
    if change is None:
        raise InvalidArgumentError(f"There is no change {number}.", argument="number", value=number)
    return change, await items_numbered(store, ontology, number)


def _row(change: ToldChange) -> Mapping[str, object]:
    return {**asdict(change), "sources": list(change.sources)}


def _entity(ontology: Ontology, text: str) -> NodeRef:
    kind, separator, key = text.partition(":")
    names = [each.name for each in ontology.kinds()]
    if not separator or kind not in names:
        raise InvalidArgumentError(
            f"{text!r} names nothing.",
            remedy=f"Write Kind:KEY; the kinds are: {', '.join(names)}.",
            argument="entity",
            value=text,
        )
    return NodeRef(kind, key)
