"""The lines of a dump: what is written is what is read, and nothing else is."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.dumps.lines import (
    BrokenLineError,
    EdgeLine,
    Header,
    NodeLine,
    Trailer,
    decoded,
    encoded,
)
from graph_api.errors import UndumpableGraphError
from graph_api.values import Value

_NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_PLAIN = st.one_of(
    _TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.dates()
)
_VALUES = st.one_of(_PLAIN, st.lists(_PLAIN, max_size=4))
_PROPERTIES = st.dictionaries(_TEXTS, _VALUES, max_size=5).map(lambda found: {**found, "key": "K"})


@given(st.sets(_NAMES, min_size=1, max_size=3), _PROPERTIES)
def test_a_node_comes_back_with_the_types_of_its_values(labels: set[str], values: dict[str, Value]) -> None:
    line = NodeLine(tuple(sorted(labels)), values)

    back = decoded(encoded(line))

    assert back == line
    assert isinstance(back, NodeLine)
    assert {name: repr(value) for name, value in back.properties.items()} == {
        name: repr(value) for name, value in values.items()
    }
    assert encoded(back) == encoded(line)


@given(_NAMES, _TEXTS, _PROPERTIES)
def test_an_edge_comes_back(name: str, key: str, values: dict[str, Value]) -> None:
    line = EdgeLine(name, (name, key), ("Other", key), values)

    assert decoded(encoded(line)) == line


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_beyond_json_keep_their_type(number: float) -> None:
    back = decoded(encoded(NodeLine(("A",), {"key": "K", "p": [number]})))

    assert isinstance(back, NodeLine)
    assert repr(back.properties["p"]) == repr([number])


@pytest.mark.parametrize(
    "line", [Header("g", 3, "o", {"A": 1}, {}), Header(None, None, "o", {}, {}), Trailer(1, "s")]
)
def test_header_and_trailer_come_back(line: Header | Trailer) -> None:
    assert decoded(encoded(line)) == line


@pytest.mark.parametrize("value", [datetime(2024, 1, 2), {"a": 1}, b"bytes", None, [[datetime(2024, 1, 2)]]])
def test_a_value_that_would_not_come_back_is_refused(value: object) -> None:
    properties: dict[str, Value] = {"key": "K"}
    properties["p"] = value  # type: ignore[assignment]  # what a database should not give

    with pytest.raises(UndumpableGraphError, match="p of the A K"):
        encoded(NodeLine(("A",), properties))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{", "no JSON"),
        (b"[]", "no object"),
        (b"{}", "members"),
        (b'{"node": [], "properties": {"key": "K"}}', "without a label"),
        (b'{"node": ["A"], "properties": {}}', "without a key"),
        (b'{"node": ["A"], "properties": {"key": 1}}', "without a key"),
        (b'{"node": ["B", "A"], "properties": {"key": "K"}}', "order"),
        (b'{"node": ["A) DETACH DELETE (n"], "properties": {"key": "K"}}', "no label or type"),
        (b'{"node": ["A"], "properties": {"key": "K", "p": null}}', "null"),
        (b'{"node": ["A"], "properties": {"key": "K", "p": {"date": "2024-02-30"}}}', "no date"),
        (b'{"node": ["A"], "properties": {"key": "K", "p": {"float": "1"}}}', "no known form"),
        (b'{"edge": "T", "from": ["A"], "to": ["A", "K"], "properties": {}}', "end of an edge"),
        (b'{"edge": "T`", "from": ["A", "K"], "to": ["A", "K"], "properties": {}}', "no label or type"),
        (b'{"dump": "graph", "format": 99}', "format is 99"),
        (b'{"dump": "graph", "format": 1, "ontology": "o", "graph": "g", "version": null}', "which graph"),
        (b'{"dump": "graph", "format": 1, "ontology": "o", "graph": null, "version": null}', "how much"),
        (b'{"lines": true, "sha256": "s"}', "members"),
    ],
)  # fmt: skip
def test_other_lines_are_refused(text: bytes, reason: str) -> None:
    with pytest.raises(BrokenLineError, match=reason):
        decoded(text)
