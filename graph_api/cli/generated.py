"""``schema`` and ``ontology``: files that are made from the code, and kept in the repository."""

from __future__ import annotations

from pathlib import Path

import click

from graph_api.api_types.bare import without_descriptions
from graph_api.cli.terminal import Terminal
from graph_api.errors import InvalidSettingError, StaleFileError
from graph_api.ontology import Ontology
from graph_api.ontology.page import ontology_page
from graph_api.serve.declared import declared_in, imported
from graph_api.serve.runtime import api_schema
from graph_api.settings import Settings, settings_from

_SCHEMA = Path("schema/schema.graphql")
_RELEASED = Path("schema/released.graphql")


@click.command("schema")
@click.option("--check", is_flag=True, help="Only say whether the file is what it would be now.")
@click.option("--release", is_flag=True, help="Write what clients may rely on from now on: no descriptions.")
@click.option("--file", type=click.Path(path_type=Path), help=f"{_SCHEMA}, or {_RELEASED} with --release.")
def schema_command(check: bool, release: bool, file: Path | None) -> None:
    """Write the GraphQL schema to a file."""
    settings = settings_from({})
    ontology = _ontology(settings)
    made = api_schema(ontology, declared=declared_in(settings, ontology))
    text = made.sdl()
    if release:
        check_or_write(file or _RELEASED, without_descriptions(text), check=check)
    else:
        check_or_write(file or _SCHEMA, text, check=check)


@click.command("ontology")
@click.option("--check", is_flag=True, help="Only say whether the file is what it would be now.")
@click.option("--file", type=click.Path(path_type=Path), default=Path("docs/ontology.md"), show_default=True)
def ontology_command(check: bool, file: Path) -> None:
    """Write a page that shows every kind with its fields and edges."""
    check_or_write(file, ontology_page(_ontology(settings_from({}))), check=check)


def _ontology(settings: Settings) -> Ontology:
    return imported(settings.ontology, Ontology)


def check_or_write(file: Path, text: str, *, check: bool) -> None:
    """Write the text to the file, or raise ``StaleFileError`` when the file holds another text.

    Raises ``InvalidSettingError`` when the file cannot be written.
    """
    before = file.read_text(encoding="utf-8") if file.exists() else None
    if check:
        if before != text:
            raise StaleFileError(
                f"{file} is not what it would be now.",
                remedy="Run the command without --check.",
                file=str(file),
            )
        Terminal().say(f"{file} is fresh.")
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InvalidSettingError(
            f"{file} cannot be written: {problem.strerror}.", setting="file"
        ) from problem
    Terminal().say(f"{file} {'is unchanged' if before == text else 'is written'}.")
