"""Operations that schemathesis makes from the schema, valid ones and others, against the real server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.attacks.judge import Heard
from tests.programs import ROOT, Server

EXAMPLES = 10
_TEXT = schemathesis.graphql.nodes.String
_PARTIAL = st.from_regex(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", fullmatch=True)
schemathesis.graphql.scalar("Date", st.dates().map(str).map(_TEXT))
schemathesis.graphql.scalar("PartialDate", _PARTIAL.map(_TEXT))
SCHEMA = schemathesis.graphql.from_path(ROOT / "schema" / "schema.graphql")


@dataclass(slots=True)
class Tally:
    """How many operations were sent."""

    count: int = 0


@pytest.fixture(scope="session")
def tally() -> Tally:
    return Tally()


@SCHEMA.parametrize()
@settings(
    # The same operations each time, and none kept from runs before.
    derandomize=True,
    database=None,
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_schemathesis_asks_is_answered_or_its_fault(
    case: Case[Any], target: Server, tally: Tally
) -> None:
    answer = case.call(base_url=target.url("graphql"))
    tally.count += 1

    # What is nullable by the schema only, is null only there.
    case.validate_response(answer, checks=[response_schema_conformance])
    heard = Heard(answer.status_code, answer.headers["content-type"][0], answer.content)
    assert heard.faults == [], case.body


def test_schemathesis_asked_for_every_root_field(tally: Tally) -> None:
    assert tally.count >= EXAMPLES / 2 * len(list(SCHEMA.get_all_operations()))
