from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import InvalidCursorError
from graph_api.plan.cursor import decode_cursor, encode_cursor, signature_of
from graph_api.plan.tree import Holder, OrderKey, Stored

SIGNATURE = "0123456789ab"
VALUES = st.none() | st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.text()
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def key(name: str, *, descending: bool = False, holder: Holder = Holder.NODE) -> OrderKey:
    return OrderKey(Stored(holder, name, nullable=True), descending)


@given(st.lists(VALUES | NUMBERS, min_size=1, max_size=5))
def test_a_cursor_gives_back_what_it_was_made_of(values: list[object]) -> None:
    cursor = encode_cursor(SIGNATURE, values)

    found = decode_cursor(cursor, SIGNATURE, len(values), "after")

    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


@given(st.text())
def test_what_is_no_cursor_is_refused_with_argument_and_value(text: str) -> None:
    with pytest.raises(InvalidCursorError) as caught:
        decode_cursor(text, SIGNATURE, 1, "before")

    assert caught.value.place["argument"] == "before"
    assert caught.value.place["value"] == text[:80]


@given(
    st.recursive(
        VALUES,
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_that_is_no_cursor_is_refused(value: object) -> None:
    forged = base64.urlsafe_b64encode(json.dumps(value).encode()).decode()

    with pytest.raises(InvalidCursorError):
        decode_cursor(forged, SIGNATURE, 1, "after")


@given(st.lists(VALUES, min_size=1, max_size=3), st.data())
def test_a_damaged_cursor_never_does_more_than_name_other_values(
    values: list[object], data: st.DataObject
) -> None:
    cursor = encode_cursor(SIGNATURE, values)
    at = data.draw(st.integers(0, len(cursor) - 1))
    damaged = cursor[:at] + data.draw(st.sampled_from("AZaz09-_=+ é")) + cursor[at + 1 :]

    try:
        found = decode_cursor(damaged, SIGNATURE, len(values), "after")
    except InvalidCursorError:
        return
    assert len(found) == len(values)
    assert all(value is None or type(value) in (str, int, float, bool) for value in found)


@pytest.mark.parametrize("count", [0, 2])
def test_a_cursor_with_another_number_of_values_is_refused(count: int) -> None:
    with pytest.raises(InvalidCursorError, match="another list or another order"):
        decode_cursor(encode_cursor(SIGNATURE, ["x"] * count), SIGNATURE, 1, "after")


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity", "9" * 30])
def test_numbers_that_no_row_has_are_refused(number: str) -> None:
    forged = base64.urlsafe_b64encode(f'["{SIGNATURE}",{number}]'.encode()).decode()

    with pytest.raises(InvalidCursorError):
        decode_cursor(forged, SIGNATURE, 1, "after")


def test_a_deeply_nested_forgery_is_refused() -> None:
    forged = base64.urlsafe_b64encode(b"[" * 100_000).decode()

    with pytest.raises(InvalidCursorError):
        decode_cursor(forged, SIGNATURE, 1, "after")


def test_a_signature_tells_lists_and_orders_apart() -> None:
    signatures = {
        signature_of("FilmConnection", [key("key")]),
        signature_of("PersonConnection", [key("key")]),
        signature_of("FilmConnection", [key("name"), key("key")]),
        signature_of("FilmConnection", [key("key"), key("name")]),
        signature_of("FilmConnection", [key("name", descending=True), key("key")]),
        signature_of("FilmConnection", [key("name", holder=Holder.EDGE), key("key")]),
    }

    assert len(signatures) == 6
    assert signature_of("FilmConnection", [key("key")]) == signature_of("FilmConnection", (key("key"),))
