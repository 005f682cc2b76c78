"""Every text that can be sent passes Neo4j's own linter, for Cypher 5 and Cypher 25, without a warning."""

from __future__ import annotations

import pytest

from tests.conformance import texts
from tests.conformance.linter import lint


def findings(given: texts.Texts) -> str:
    return "\n".join(
        f"{each['name']}, {each['version']}: {each['severity']}: {each['message']}\n    … {each['near']} …"
        for each in lint(given)
    )


def test_the_linter_sees_errors_and_deprecations() -> None:
    found = lint(
        {
            "syntax": "MATCH (n RETURN n",
            "variable": "RETURN n",
            "type": "RETURN size(5) AS x",
            "deprecated": "MATCH (n) CALL { WITH n RETURN 1 AS x } RETURN x, id(n)",
            "right": "MATCH (n:A|B {key: $key}) RETURN COLLECT { MATCH (n)-->(m) RETURN m.key LIMIT $limit }",
        }
    )

    severities = {(each["name"], each["version"], each["severity"]) for each in found}
    for version in ("CYPHER 5", "CYPHER 25"):
        for name in ("syntax", "variable", "type"):
            assert (name, version, "error") in severities
        assert ("deprecated", version, "warning") in severities
    assert not [each for each in found if each["name"] == "right"]


def test_cases() -> None:
    given = texts.of_cases()
    assert len(given) > 200

    assert not findings(given)


def test_every_statement_that_writes() -> None:
    assert texts.made_of_writes() == texts.makers_of_writes(), "a statement that writes is not linted"

    assert not findings(texts.of_writes())


async def test_definitions() -> None:
    assert not findings(await texts.of_definitions())


def test_constants() -> None:
    given = texts.of_constants()
    assert given

    assert not findings(given)


async def test_random_operations(caplog: pytest.LogCaptureFixture) -> None:
    assert not findings(await texts.of_random_operations(short=290, long=10))
    assert not caplog.records, "none of them is an incident"
