"""Counting documents: the same as executing them would, however they are written."""

from __future__ import annotations

from dataclasses import fields

import pytest
from graphql import parse

from graph_api.limits.document import DocumentLimits, exceeded_limits
from graph_api.settings import settings_from

ZERO = DocumentLimits(tokens=0, depth=0, aliases=-1, directives=-1, root_fields=-1, repeats=-1)


def size(text: str) -> dict[str, int]:
    """What every limit counts in a document of one operation."""
    found = exceeded_limits(parse(text), ZERO)
    return {str(each.place["limit_name"]): int(str(each.place["value"])) for each in found}


@pytest.mark.parametrize(
    ("text", "depth", "aliases", "directives", "root_fields", "repeats"),
    [
        ("{ a }", 1, 0, 0, 1, 1),
        ("{ a b { c } }", 2, 0, 0, 2, 1),
        ("{ x: a y: b { z: c } }", 2, 3, 0, 2, 1),
        ("{ ... { a } ... on T { b { c } } }", 2, 0, 0, 2, 1),
        ("{ ...F ...F } fragment F on T { x: a @d b { c } }", 2, 2, 2, 4, 1),
        ("query ($v: Int @v) @q { a @f ... @i { b } ...F @s } fragment F on T @x { c }", 1, 0, 6, 3, 1),
        ("{ a a a b { c c } }", 2, 0, 0, 4, 3),
        ("{ x: a x: b }", 1, 2, 0, 2, 2),
        ("{ ...F } fragment F on T { a ...F }", 1, 0, 0, 1, 1),
        ("{ ...Nothing }", 0, 0, 0, 0, 0),
    ],
)
def test_a_document_is_counted_with_its_fragments_in_their_places(
    text: str, depth: int, aliases: int, directives: int, root_fields: int, repeats: int
) -> None:
    found = size(text)

    expected = {
        "aliases": aliases, "directives": directives, "root_fields": root_fields, "repeats": repeats,
    }  # fmt: skip
    assert found == ({"depth": depth} if depth else {}) | expected


def test_every_operation_of_a_document_is_counted() -> None:
    limits = DocumentLimits(depth=1)
    found = exceeded_limits(parse("query A { a { b } } query B { a } query C { a { b } }"), limits)

    assert len(found) == 2


def test_each_limit_has_a_setting() -> None:
    assert DocumentLimits.of(settings_from({})) == DocumentLimits()
    for each in fields(DocumentLimits):
        limits = DocumentLimits.of(settings_from({f"max_{each.name}": 7}))
        assert getattr(limits, each.name) == 7
