"""Wrong values of variables: another type, too large, too deep, damaged."""

from __future__ import annotations

import base64
import json
from random import Random
from typing import Final

from graph_api.plan.global_id import encode_id

_NAN: Final = float("nan")
NUMBERS: Final = (
    2**31, -(2**31) - 1, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**30, 10**400, 1e308, float("inf"),
    float("-inf"), _NAN, -0.0, 0.5, 1.0, 3.0, -1, 0, True,
)  # fmt: skip
TEXTS: Final = (
    "", " ", "\0", "a\0b", "\ud800", "\udc00\ud800", "\ufeff", "\U0010ffff", "\u202e",
    "x" * 50_000, "é" * 3000, "Organization:", "Nothing:X", "a" * 300 + ":b", "*", ".*", "[", "(?<", "\\",
    "NaN", "null", "true", "0", "1e5", "%00", "../../etc/passwd", "${p0}", "`", "'\"\\", "\n\r\t", "A:", ":A",
    ":", "\\\\", "\u0130\u0131\u00df",
)  # fmt: skip
DATES: Final = (
    "0000-00-00", "2020-02-30", "2020-13", "99999-01-01", "-0001-01-01", "2020-1-1", "2020-01-01T00:00:00Z",
    "２０２０", "2020-W01", "1", "20200101", "2020-01-01 ", "0000", "٢٠٢٠",
)  # fmt: skip


def _deep(levels: int, key: str | None = None) -> object:
    found: object = 1
    for _ in range(levels):
        found = [found] if key is None else {key: found}
    return found


SHAPES: Final[tuple[object, ...]] = (
    None, [], {}, [None], [[]], [[1]], {"a": 1}, {"": ""}, {"__proto__": {"a": 1}}, {"eq": None}, {"eq": []},
    {"and": []}, {"not": None}, {"and": [None]}, [None] * 2000, ["x"] * 2000, [{}] * 500,
    _deep(50), _deep(500), _deep(700), _deep(60, "not"), _deep(400, "not"), _deep(700, "and"),
    _deep(100, "some"),
)  # fmt: skip
TOKENS: Final[tuple[object, ...]] = (
    1,
    None,
    [],
    {},
    "x",
    [None],
    [1, 2, 3],
    [[1]],
    {"a": [1]},
    [1e300],
    [True],
    [_NAN],
)
"""What a cursor may claim to hold."""


def any_value(rng: Random) -> object:
    """A value that hardly fits."""
    return rng.choice(rng.choice((NUMBERS, TEXTS, TEXTS, DATES, SHAPES, SHAPES)))


def _token(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def damaged_text(text: str, rng: Random) -> str:
    """An id, a cursor or a key with something changed in it."""
    place = rng.randrange(len(text) + 1)
    match rng.randrange(9):
        case 0:
            return text[:place] + rng.choice("Aa0_-=+/ \0é") + text[place + 1 :]
        case 1:
            return text[:place]
        case 2:
            return text + rng.choice(("=", "==", "A", "\0", " ", text))
        case 3:
            return text[::-1]
        case 4:
            return text.swapcase()
        case 5:
            return _token(
                rng.choice((1, None, [], {}, "x", [None], [1, 2, 3], [[1]], {"a": [1]}, [1e300], [True]))
            )
        case 6:
            return _token([any_value(rng) for _ in range(rng.randrange(4))])
        case 7:
            return encode_id(
                rng.choice(("Organization", "Nothing", "", "Node", "\0")), rng.choice((*TEXTS[:4], "x"))
            )
        case _:
            return base64.urlsafe_b64encode(rng.randbytes(rng.randrange(40))).decode()


def spoiled(value: object, rng: Random) -> object:
    """The value with something in it replaced, often deep inside."""
    if isinstance(value, dict) and value and rng.random() < 0.75:
        name = rng.choice(list(value))
        match rng.randrange(8):
            case 0:
                return {
                    **value,
                    rng.choice(("nothing", "", "__typename", "eq", "and", name + "x")): any_value(rng),
                }
            case 1:
                return {other: each for other, each in value.items() if other != name}
            case 2:
                return {rng.choice((name.upper(), name + "\0", f" {name}")): value[name]}
            case _:
                return {**value, name: spoiled(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.7:
        index = rng.randrange(len(value))
        again = [*value[:index], spoiled(value[index], rng), *value[index + 1 :]]
        return again * rng.choice((1, 1, 1, 1, 700))
    if isinstance(value, str) and rng.random() < 0.6:
        return damaged_text(value, rng)
    return any_value(rng)
