"""Whether the servers answer the same before they are measured."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from benchmarks.load import once
from benchmarks.operations import Operation
from benchmarks.servers import Server


async def compare(operation: Operation, requests: Mapping[Server, bytes]) -> str:
    """A remark on the peer's answer, empty when it holds the same values as the reference's.

    Raises ``ValueError`` when ours and the reference differ in anything, the order of keys included.
    """
    answers = {server.name: await _answer(server, request) for server, request in requests.items()}
    reference = _data(answers["reference"], operation)
    if "ours" in answers and json.dumps(_data(answers["ours"], operation)) != json.dumps(reference):
        raise ValueError(f"{operation.name}: ours and the reference answer differently.")
    peer = answers["peer"]
    if "errors" in peer:
        return " (the peer answers with an error)"
    return "" if _same(peer["data"], reference) else " (the peer's values differ)"


def _same(peer: object, reference: object) -> bool:
    """Whether both hold the same values; where the peer gives numbers alone, its aliases say of what."""
    found, wanted = list(_leaves(peer)), list(_leaves(reference))
    if all(isinstance(leaf, int) for leaf in found):
        wanted = [leaf for leaf in wanted if isinstance(leaf, int)]
    return sorted(map(str, found)) == sorted(map(str, wanted))


async def _answer(server: Server, request: bytes) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(await once(server.port, request)))


def _data(answer: Mapping[str, object], operation: Operation) -> object:
    if "errors" in answer or not answer.get("data"):
        raise ValueError(f"{operation.name} was not answered: {str(answer)[:300]}")
    return answer["data"]


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value
