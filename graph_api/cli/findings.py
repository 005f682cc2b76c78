"""``health``: what rules say of one node on a day."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask, asking_options, settings_given
from graph_api.cli.rows import RowFormat, print_rows
from graph_api.errors import InvalidSettingError
from graph_api.findings.declare import Findings, Severity
from graph_api.ontology import Ontology
from graph_api.serve.declared import findings_named, imported

_COLUMNS = ("severity", "rule", "message", "evidence", "sources")
_DOCUMENT = """query ($key: String!, $asOf: Date, $least: FindingSeverity) {
  %s(%s: $key, asOf: $asOf) {
    asOf
    findings(least: $least) { severity rule message evidence { kind: __typename %s } sources { %s } }
  }
}"""
Json = Mapping[str, object]


@click.command("health")
@click.argument("key")
@click.option("--as-of", metavar="DAY", help="The day to look at it, as 2026-01-31; today when left out.")
@click.option(
    "--least",
    type=click.Choice([each.name for each in Severity]),
    help="Only findings that matter at least so much.",
)
@asking_options
def health_command(
    key: str, as_of: str | None, least: str | None, output: str, **given: Path | str | None
) -> None:
    """Say what deserves attention in KEY, and what shows it. Nothing is changed."""
    settings = settings_given(given)
    ontology = imported(settings.ontology, Ontology)
    findings = findings_named(settings.findings, ontology)
    if findings is None:
        raise InvalidSettingError("Nothing is judged: the setting findings is empty.", setting="findings")
    variables = {"key": key, "asOf": as_of, "least": least}
    data = ask(settings, _document(findings, ontology), variables, given)
    if output == RowFormat.JSON:
        print_answer(data, RowFormat.JSON)
        return
    found = cast("list[Json]", cast(Json, data[findings.declared.field])["findings"])
    print_rows(_COLUMNS, [_row(each, ontology) for each in found], RowFormat(output))


def _document(findings: Findings, ontology: Ontology) -> str:
    key = ontology.node(findings.root).key.field
    return _DOCUMENT % (findings.declared.field, findings.kind.field, key, key)


def _row(finding: Json, ontology: Ontology) -> Json:
    key = ontology.node(ontology.root).key.field
    named = [each for each in cast("list[Json | None]", finding["evidence"]) if each is not None]
    sources = [each for each in cast("list[Json | None]", finding["sources"]) if each is not None]
    return {
        **finding,
        "evidence": [f"{each['kind']}:{each[key]}" for each in named],
        "sources": [each[key] for each in sources],
    }
