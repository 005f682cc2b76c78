from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import InvalidIdError
from graph_api.plan.global_id import decode_id, encode_id

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]*", fullmatch=True)


@given(NAMES, st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_an_id_gives_back_kind_and_key(kind: str, key: str) -> None:
    assert decode_id(encode_id(kind, key), "id") == (kind, key)


@given(NAMES, NAMES)
def test_an_id_needs_no_escaping_in_a_url(kind: str, key: str) -> None:
    assert set(encode_id(kind, key)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


@pytest.mark.parametrize("plain", ["", "Film", "Film:", ":alba", ":"])
def test_an_id_without_kind_or_key_is_refused(plain: str) -> None:
    text = base64.urlsafe_b64encode(plain.encode()).decode()

    with pytest.raises(InvalidIdError) as caught:
        decode_id(text, "ids")

    assert caught.value.place["argument"] == "ids"
    assert caught.value.place["value"] == text


@pytest.mark.parametrize("text", ["%", "a", "é", "RmlsbTph bGJh", "/w", "____"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdError):
        decode_id(text, "id")


@given(st.text())
def test_any_text_is_an_id_or_is_refused(text: str) -> None:
    try:
        kind, key = decode_id(text, "id")
    except InvalidIdError:
        return
    assert kind
    assert key
