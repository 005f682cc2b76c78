"""``keys``: make, list and revoke API keys, also while a server runs on the same data."""

from __future__ import annotations

from datetime import date

import click

from graph_api.access.keys import ApiKey, check_key, create_key, list_keys, revoke_key, today
from graph_api.cli.options import store_options
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.cli.stores import on_store
from graph_api.errors import InvalidArgumentError
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.settings import settings_from

_COLUMNS = ("id", "role", "name", "created", "expires", "state")


@click.group("keys")
def keys_group() -> None:
    """Make, list and revoke API keys."""


@keys_group.command("create")
@click.option("--role", required=True, help="What its holder may see and do.")
@click.option("--name", required=True, help="Who or what uses it; it stands in logs and histories.")
@click.option("--expires", help="The last day on which it works, in UTC. Example: 2027-01-31.")
@store_options
def create(role: str, name: str, expires: str | None, **given: object) -> None:
    """Make a key and print it, once: what is stored cannot be turned back into it."""
    settings = settings_from(given)
    ontology, last = imported(settings.ontology, Ontology), _day(expires)
    # Before a database is opened for nothing.
    check_key(ontology, role, name, last)
    text = on_store(settings, lambda store: create_key(store, ontology, role, name, last))
    click.echo("This key is shown once. Send it as: Authorization: Bearer KEY", err=True)
    click.echo(text)


@keys_group.command("list")
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", help="How to print it."
)
@store_options
def list_(output: str, **given: object) -> None:
    """List all keys, revoked and expired ones too. What they are made of is never shown."""
    keys = on_store(settings_from(given), list_keys)
    rows = [_row(key) for key in keys]
    print_rows(_COLUMNS, rows, RowFormat(output))


@keys_group.command("revoke")
@click.argument("identifier", metavar="ID")
@store_options
def revoke(identifier: str, **given: object) -> None:
    """Let a key be of no use from now on; servers that run learn of it in about a second."""
    on_store(settings_from(given), lambda store: revoke_key(store, identifier))
    click.echo(f"Revoked: {identifier}", err=True)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise InvalidArgumentError(
            f"{text!r} is no day.", remedy="Write it as 2027-01-31.", argument="expires", value=text
        ) from None


def _row(key: ApiKey) -> dict[str, str | None]:
    state = "revoked" if key.revoked else "expired" if key.expired_on(today()) else "valid"
    expires = key.expires.isoformat() if key.expires else None
    return dict(
        zip(_COLUMNS, (key.id, key.role, key.name, key.created, expires, state), strict=True),
        revoked=key.revoked,
    )
