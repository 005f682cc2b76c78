"""Batches are read as the specification writes them; whatever is wrong is said with its place."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import LimitExceededError, MalformedRequestError
from graph_api.serve.http.reconcile.extension import extension_of
from graph_api.serve.http.reconcile.queries import (
    MAX_BATCH,
    MAX_LIMIT,
    MAX_TEXT,
    PropertyCondition,
    Quantifier,
    Query,
    batch_of_form,
    batch_of_json,
)
from tests.reconcile.specification import NEW, OLD, examples, refuses

BATCH = "reconciliation-query-batch"
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["query", "type", "limit", "properties", "pid", "v", "id", "conditions", "queries",
                         "matchType", "propertyId", "propertyValue", "x"]),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("path", examples(OLD, BATCH, "valid"), ids=lambda path: path.stem)
def test_the_examples_of_the_released_version_are_read(path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))

    assert batch_of_form(json.dumps(given)).keys() == given.keys()


@pytest.mark.parametrize("path", examples(NEW, BATCH, "valid"), ids=lambda path: path.stem)
def test_the_examples_of_the_draft_are_read(path: Path) -> None:
    assert len(batch_of_json(path.read_bytes())) == len(json.loads(path.read_bytes())["queries"])


@pytest.mark.parametrize("path", examples(OLD, BATCH, "invalid"), ids=lambda path: path.stem)
def test_the_wrong_examples_of_the_released_version_are_refused(path: Path) -> None:
    assert refuses(OLD, BATCH, json.loads(path.read_bytes()))
    with pytest.raises(MalformedRequestError):
        batch_of_form(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", examples(NEW, BATCH, "invalid"), ids=lambda path: path.stem)
def test_the_wrong_examples_of_the_draft_are_refused(path: Path) -> None:
    with pytest.raises(MalformedRequestError):
        batch_of_json(path.read_bytes())


@pytest.mark.parametrize("version", [OLD, NEW])
def test_the_examples_of_data_extension_are_read(version: str) -> None:
    for path in examples(version, "data-extension-query", "valid"):
        found = extension_of(json.loads(path.read_bytes()))
        assert found.ids
        assert found.properties


def test_both_versions_say_the_same() -> None:
    old = batch_of_form(
        '{"q": {"query": "Maat", "type": ["A"], "limit": 3.0, "properties": '
        '[{"pid": "country", "v": [{"id": "Country:EGY"}, "Egypt"]}]}}'
    )["q"]
    [new] = batch_of_json(
        b'{"queries": [{"type": "A", "limit": 3, "conditions": ['
        b'{"matchType": "name", "propertyValue": "Maat"}, {"matchType": "property", "propertyId": "country", '
        b'"propertyValue": [{"id": "Country:EGY"}, "Egypt"]}]}]}'
    )

    assert old == new
    assert old == Query(
        ("Maat",), types=("A",), limit=3, conditions=(PropertyCondition("country", ("Country:EGY", "Egypt")),)
    )


def test_a_condition_of_the_draft_can_be_required_or_negative() -> None:
    [found] = batch_of_json(
        b'{"queries": [{"conditions": [{"matchType": "property", "propertyId": "a", "propertyValue": true, '
        b'"required": true, "matchQuantifier": "none"}, {"matchType": "id", "propertyValue": "Thing:1"}]}]}'
    )

    assert found.ids == ("Thing:1",)
    assert found.conditions == (PropertyCondition("a", ("true",), required=True, quantifier=Quantifier.NONE),)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ('{"query": ""}', "queries.q.query"),
        ('{"query": 1}', "queries.q.query"),
        ('{"query": "a", "limit": 0}', "queries.q.limit"),
        ('{"query": "a", "limit": 1.5}', "queries.q.limit"),
        ('{"query": "a", "limit": true}', "queries.q.limit"),
        ('{"query": "a", "type": [1]}', "queries.q.type"),
        ('{"query": "a", "type_strict": "maybe"}', "queries.q.type_strict"),
        ('{"query": "a", "properties": [{"v": "x"}]}', "queries.q.properties.pid"),
        ('{"query": "a", "properties": [{"pid": "x", "v": {}}]}', "queries.q.properties.v"),
        ('{"query": "a", "properties": [1]}', "queries.q.properties"),
        ("7", "queries.q"),
    ],
)
def test_what_is_wrong_is_named(query: str, place: str) -> None:
    with pytest.raises(MalformedRequestError) as refused:
        batch_of_form(f'{{"q": {query}}}')

    assert refused.value.place["part"] == place


def test_limits_are_kept() -> None:
    assert batch_of_form('{"q": {"query": "a", "limit": 1000000}}')["q"].limit == MAX_LIMIT
    with pytest.raises(LimitExceededError):
        batch_of_form(json.dumps({str(n): {"query": "a"} for n in range(MAX_BATCH + 1)}))
    with pytest.raises(LimitExceededError):
        batch_of_form(json.dumps({"q": {"query": "a" * (MAX_TEXT + 1)}}))


@given(values)
def test_any_json_is_read_or_refused(value: object) -> None:
    text = json.dumps(value)

    for read in (batch_of_form, batch_of_json):
        with contextlib.suppress(MalformedRequestError, LimitExceededError):
            assert read(text) is not None
