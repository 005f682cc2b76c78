"""Thousands of damaged documents, by every way in: each is refused as its client's fault, or answered."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from random import Random
from urllib.parse import urlencode

import pytest

from tests.attacks.damage import damaged
from tests.attacks.judge import Heard
from tests.attacks.shrink import shrunk
from tests.attacks.wire import Asker
from tests.fuzz.comparison import Bench

PARTS = 5
SIZE = 500
"""2,500 documents in all."""
_FIRST = 5


def by_way(asker: Asker, text: str, way: int) -> Heard:
    """The answer to a document by one of the ways in."""
    match way % 8:
        case 0 | 1 | 2:
            return asker.post({"query": text})
        case 3 | 4:
            return asker.post({"query": text}, "application/graphql-response+json")
        case 5:
            return asker.ask("GET", f"/graphql?{urlencode({'query': text[:20_000]})}")
        case 6:
            return asker.post({"query": text}, "text/event-stream")
        case _:
            return asker.post([{"query": text}, {"query": "{ __typename }"}], x_explain="1")


def fails(asker: Asker, way: int, text: str) -> bool:
    return bool(by_way(asker, text, way).faults)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_document_is_its_clients_fault(bench: Bench, asker: Asker, part: int) -> None:
    codes: Counter[str] = Counter()
    problems = []
    for seed in range(part * SIZE, (part + 1) * SIZE):
        rng = Random(f"document {seed}")
        text = damaged(bench.operation(rng).text, rng)
        if text.count("graphVersion") and "subscription" in text:
            # As events, an answer without an end; the sockets' test asks for it.
            continue
        heard = by_way(asker, text, seed)
        codes.update(heard.codes or ["answered"])
        if heard.faults:
            least = shrunk(text, partial(fails, asker, seed))
            problems.append(f"seed {seed}, way {seed % 8}: {heard.faults}\n{json.dumps(least)}")
        if len(problems) == _FIRST:
            break

    assert not problems, "\n\n".join(problems)
    # Every kind of damage was met, and some did no harm.
    assert asker.count > 0.95 * SIZE
    for code in ("GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED", "answered"):
        assert codes[code] >= 5, codes
