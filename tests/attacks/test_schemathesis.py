"""Operations that schemathesis makes from the schema, valid ones and others, against the real server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.attacks.judge import Heard
from tests.programs import ROOT, Server

EXAMPLES = 10
_TEXT = schemathesis.graphql.nodes.String
_PARTIAL = st.from_regex(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", fullmatch=True)
schemathesis.graphql.scalar("Date", st.dates().map(str).map(_TEXT))
schemathesis.graphql.scalar("PartialDate", _PARTIAL.map(_TEXT))
SCHEMA = schemathesis.graphql.from_path(ROOT / "schema" / "schema.graphql")
Operation: TypeAlias = APIOperation[Any, Any, Any, Any]
OPERATIONS = [cast("Ok[Operation]", found).ok() for found in SCHEMA.get_all_operations()]


@dataclass(slots=True)
class Tally:
    """How many operations were sent."""

    count: int = 0


@pytest.fixture(scope="session")
def tally() -> Tally:
    return Tally()


# Not by SCHEMA.parametrize, which gives all of them one name: several processes would run one of them.
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@given(data=st.data())
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
    operation: Operation, data: st.DataObject, target: Server, tally: Tally
) -> None:
    case: Case[Any] = data.draw(operation.as_strategy())
    answer = case.call(base_url=target.url("graphql"))
    tally.count += 1

    # What is nullable by the schema only, is null only there.
    case.validate_response(answer, checks=[response_schema_conformance])
    heard = Heard(answer.status_code, answer.headers["content-type"][0], answer.content)
    assert heard.faults == [], case.body


def test_schemathesis_asked_for_every_root_field(tally: Tally) -> None:
    assert tally.count >= EXAMPLES / 2 * len(OPERATIONS)
