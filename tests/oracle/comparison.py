"""Two answers side by side. Cursors are each side's own; where one stands, one has to stand in the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.answers import CURSOR


def differences(expected: object, actual: object, path: str = "") -> Iterator[str]:
    """What an answer has other than the oracle's, in words."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if list(expected) != list(actual):
            yield f"{path}: fields {list(actual)} instead of {list(expected)}"
        for name in expected.keys() & actual.keys():
            yield from differences(expected[name], actual[name], f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            yield f"{path}: {len(actual)} elements instead of {len(expected)}: {actual} instead of {expected}"
            return
        for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif isinstance(expected, str) and expected.startswith(CURSOR):
        if not isinstance(actual, str):
            yield f"{path}: {actual!r} instead of a cursor"
    elif expected != actual or type(expected) is not type(actual):
        yield f"{path}: {actual!r} instead of {expected!r}"


def cursor_pairs(expected: object, actual: object, name: str) -> Iterator[tuple[str, str]]:
    """The cursors of both answers at the same places, in every field called ``name``."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected:
            if key == name:
                yield from _all_cursors(expected[key], actual[key])
            else:
                yield from cursor_pairs(expected[key], actual[key], name)
    elif isinstance(expected, list) and isinstance(actual, list):
        for one, other in zip(expected, actual, strict=True):
            yield from cursor_pairs(one, other, name)


def _all_cursors(expected: object, actual: object) -> Iterator[tuple[str, str]]:
    if not (isinstance(expected, dict) and isinstance(actual, dict)):
        return
    for one, other in zip(expected.get("edges", []), actual.get("edges", []), strict=True):
        if "cursor" in one:
            yield one["cursor"], other["cursor"]
