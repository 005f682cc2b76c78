"""GraphQL over HTTP: every server audit of graphql-http finds our server in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.node_packages import NodePackages
from tests.programs import Server

# The audits of the pinned version, an id and a name on each line.
AUDITS = dict(line.split(" ", 1) for line in (Path(__file__).parent / "audits.txt").read_text().splitlines())
Outcomes: TypeAlias = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def outcomes(clients: NodePackages, service: Server) -> Outcomes:
    """What each audit found, by its id."""
    found: list[dict[str, str]] = json.loads(clients.node("audits.mjs", service.url("graphql")))
    return {each["id"]: each for each in found}


def test_the_list_of_audits_is_complete(outcomes: Outcomes) -> None:
    assert {id_: each["name"] for id_, each in outcomes.items()} == AUDITS
    assert len(AUDITS) == 61


@pytest.mark.parametrize("audit", AUDITS)
def test_audit(audit: str, outcomes: Outcomes) -> None:
    found = outcomes[audit]

    assert found["status"] == "ok", f"{AUDITS[audit]}: {found['reason']}\nThe answer: {found['answer']}"
