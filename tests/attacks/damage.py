"""Damage to documents: characters, tokens and whole parts, put where they do not belong."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

Damage = Callable[[str, Random], str]

_TOKEN: Final = re.compile(
    r'"""(?s:.)*?"""|"(?:\\.|[^"\\\n])*"|[_A-Za-z]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\.\.|\s+|.',
    re.DOTALL,
)
CHARACTERS: Final = (
    *"\0\x01\x08\x1b\x7f\x85\xa0\u00ad\u200b\u200f\u2028\u202e\u2066\ufeff\ufffe\uffff\U0010ffff😀é",
    *'"\\{}[]()$@!:=|&#,.\n\r\t ',
    "e\u0301\u0301\u0301",
)
NUMBERS: Final = (
    "2147483648", "-2147483649", "9007199254740993", "9223372036854775808", "1" + "0" * 400, "9" * 5000,
    "1e400", "-1e400", "1e-400", "0.1e99999", "00", "-0", "-", "1.", ".5", "0x10", "1_000", "1e", "NaN",
    "Infinity",
)  # fmt: skip
STRINGS: Final = (
    '"' + "x" * 20_000 + '"', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u{110000}"', '"\\u{D800}"',
    '"\\u{0000000000041}"', '"\\x41"', '"\\', '"""', '"""\\""" """', '"' + "\u202e" * 50 + '"', '"%s%n{0}"',
    "\"'; MATCH (n) DETACH DELETE n //\"", '"`"', '"$p0"', '"\\uD83D\\uDE00"', '"' + "é" * 5000 + '"',
)  # fmt: skip
WORDS: Final = (
    "query", "mutation", "subscription", "fragment", "on", "null", "true", "false", "schema", "extend",
    "input", "__typename", "__schema", "__type", "__proto__", "constructor", "Query", "Node", "nodes",
    "edges", "where", "orderBy", "first", "after", "last", "before", "asOf", "language", "id", "key", "ASC",
    "_", "a" * 5000,
)  # fmt: skip
DIRECTIVES: Final = (
    "@skip(if: true)", "@skip(if: $v0)", "@include(if: null)", "@include", "@skip(if: [true])", "@deprecated",
    "@specifiedBy(url: 5)", "@oneOf", "@defer", "@stream(initialCount: -1)", "@unknown", "@@", "@skip " * 40,
    "@include(if: true)" * 31, "@skip(if: true, if: false)",
)  # fmt: skip
PARTS: Final = (
    "fragment X on Query { ...Y } fragment Y on Query { ...X } query Z { ...X }",
    "fragment X on Query { ...X }",
    "fragment X on Organization { name ... on Organization { ...X } }",
    "fragment on on on { on }",
    "fragment X on Nothing { a }",
    "fragment X on String { length }",
    "fragment X($a: Int) on Query { __typename }",
    "query Q { __typename } query Q { __typename }",
    "query A { __typename } query B { __typename }",
    "query { __typename } { __typename }",
    "mutation { deleteEverything }",
    "subscription { graphVersion { number } a: graphVersion { number } }",
    "subscription { __typename }",
    "type Query { a: Int }",
    "extend schema @link",
    "schema { query: Query }",
    "directive @a on FIELD",
    '"a description" { __typename }',
    "query Q($a: Int, $a: String) { __typename }",
    "query Q($a: Nothing) { __typename }",
    "query Q($a: Organization) { __typename }",
    "query Q($a: [[[[[[Int!]!]!]!]!]!]! = [[[[[[1]]]]]]) { __typename }",
    "query Q($a: Int = $b, $b: Int = $a) { __typename }",
    "{ }",
    "{ ... }",
    "{ ...on }",
    "{ ... on Query @skip(if: true) { a } }",
    "{ organizations }",
    "{ organizations { } }",
    "{ __typename { a } }",
    "{ __schema { types { fields { args { type { ofType { ofType { ofType { name } } } } } } } } }",
    "{ __type(name: null) { name } }",
    "{ a: organizations { totalCount } a: networks { totalCount } }",
    "{ node(id: [[[]]]) { id } nodes(ids: {a: 1}) { id } }",
)
OPENINGS: Final = ("{", "[", "(", "{a", "{a(b:[", "...on Query{", "query Q($a:[", "[[", "{a:{")


def tokens(text: str) -> list[str]:
    """The tokens of a document, and what is between them."""
    return [str(match[0]) for match in _TOKEN.finditer(text)]


def _at(text: str, rng: Random) -> int:
    return rng.randint(0, len(text))


def _insert(text: str, rng: Random) -> str:
    place = _at(text, rng)
    times = rng.choice((1, 1, 1, 3, 200))
    return text[:place] + str(rng.choice(CHARACTERS)) * times + text[place:]


def _cut(text: str, rng: Random) -> str:
    place = _at(text, rng)
    return text[:place] + text[place + rng.choice((1, 1, 2, 10)) :]


def _truncate(text: str, rng: Random) -> str:
    return text[: _at(text, rng)]


def _repeat(text: str, rng: Random) -> str:
    start = _at(text, rng)
    end = start + rng.choice((1, 5, 30))
    return text[:end] + text[start:end] * rng.choice((1, 2, 50)) + text[end:]


def _on_tokens(change: Callable[[list[str], int, Random], None]) -> Damage:
    def damage(text: str, rng: Random) -> str:
        found = tokens(text)
        solid = [index for index, token in enumerate(found) if not token.isspace()]
        if solid:
            change(found, rng.choice(solid), rng)
        return "".join(found)

    return damage


def _drop(found: list[str], index: int, _rng: Random) -> None:
    del found[index]


def _twice(found: list[str], index: int, rng: Random) -> None:
    found.insert(index, (found[index] + " ") * rng.choice((1, 1, 12)))


def _swap(found: list[str], index: int, rng: Random) -> None:
    other = rng.randrange(len(found))
    found[index], found[other] = found[other], found[index]


def _replace(found: list[str], index: int, rng: Random) -> None:
    pool: tuple[str, ...] = rng.choice((NUMBERS, STRINGS, WORDS, (rng.choice(found),)))
    found[index] = f" {rng.choice(pool)} "


def _replace_like(found: list[str], index: int, rng: Random) -> None:
    """Put another token of its kind in the place of one, so that the document may stay valid."""
    likely = [place for place, token in enumerate(found) if token[:1].isdigit() or token[:1] == '"'] or [
        index
    ]
    place = rng.choice(likely)
    found[place] = rng.choice(NUMBERS if found[place][:1].isdigit() else STRINGS)


def _direct(found: list[str], index: int, rng: Random) -> None:
    found.insert(index + 1, f" {rng.choice(DIRECTIVES)} ")


def _rename(found: list[str], index: int, rng: Random) -> None:
    names = [place for place, token in enumerate(found) if token[:1].isalpha()] or [index]
    place = rng.choice(names)
    token = found[place]
    found[place] = rng.choice((token + "x", token[:-1], token.upper(), token[::-1], "_" + token, token * 300))


def _add(text: str, rng: Random) -> str:
    parts = [text, *rng.sample(PARTS, rng.choice((1, 1, 2)))]
    rng.shuffle(parts)
    return rng.choice(("\n", "", " , ", "\ufeff")).join(parts)


def _only(_text: str, rng: Random) -> str:
    return rng.choice(PARTS)


def _nest(text: str, rng: Random) -> str:
    place, times = _at(text, rng), rng.choice((5, 40, 300, 3000))
    return text[:place] + rng.choice(OPENINGS) * times + text[place:]


def _nest_whole(_text: str, rng: Random) -> str:
    times = rng.choice((3, 20, 150, 1200))
    head, tail = rng.choice(
        (
            ("{ a ", "} "),
            ("{ organizations { nodes { memberships { nodes ", "} } } }"),
            ("{ ... on Query ", "} "),
            ("{ organizations(where: " + "{ not: " * 30, "})}"),
        )
    )
    return head * times + "{ __typename }" + tail * times


def _other_kind(text: str, rng: Random) -> str:
    return re.sub(
        r"^\s*(query\b)?", rng.choice(("subscription ", "mutation ", "query query ", "fragment ")), text
    )


DAMAGES: Final[tuple[Damage, ...]] = (
    _insert, _insert, _cut, _truncate, _repeat, _add, _only, _nest, _nest_whole, _other_kind,
    *map(_on_tokens, (_drop, _twice, _swap, _replace, _replace, _direct, _direct, _rename)),
)  # fmt: skip


def damaged(text: str, rng: Random) -> str:
    """The document with one to three damages."""
    if rng.random() < 0.2:
        return _on_tokens(_replace_like)(text, rng)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        text = rng.choice(DAMAGES)(text, rng)
    return text
