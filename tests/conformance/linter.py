"""Neo4j's own linter for Cypher, run by Node over many texts at once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from tests.node_packages import NodePackages, digest

LINTER = NodePackages(Path(__file__).parent / "cypher_linter", seconds=900.0)
# Installing anew removes it.
_PASSED = LINTER.modules / ".passed"
_PARAMETER = re.compile(r"\$(\w+)")

Finding: TypeAlias = dict[str, str]


def lint(texts: Mapping[str, str]) -> list[Finding]:
    """What the linter says of the texts, by name, for Cypher 5 and for Cypher 25.

    It takes most of a millisecond for each character, so texts that passed are remembered beside the
    installed linter, and forgotten when it changes.
    """
    LINTER.install("lint.mjs")
    passed = set(_PASSED.read_text().split()) if _PASSED.exists() else set()
    waiting = {name: text for name, text in texts.items() if digest(text.encode()) not in passed}
    shares = _shares(waiting, os.cpu_count() or 1)
    with ThreadPoolExecutor(len(shares)) as pool:
        found = [finding for findings in pool.map(_lint, shares) for finding in findings]
    failed = {finding["name"] for finding in found}
    with _PASSED.open("a") as file:
        file.writelines(f"{digest(text.encode())}\n" for name, text in waiting.items() if name not in failed)
    return found


def _shares(texts: Mapping[str, str], count: int) -> list[dict[str, str]]:
    """The texts in so many shares of about the same length."""
    shares: list[dict[str, str]] = [{} for _ in range(count)]
    for name in sorted(texts, key=lambda name: -len(texts[name])):
        smallest = min(shares, key=lambda share: sum(map(len, share.values())))
        smallest[name] = texts[name]
    return shares


def _lint(texts: Mapping[str, str]) -> list[Finding]:
    if not texts:
        return []
    statements = [
        {"name": name, "text": text, "parameters": sorted(set(_PARAMETER.findall(text)))}
        for name, text in texts.items()
    ]
    found: list[Finding] = json.loads(LINTER.node("lint.mjs", given=json.dumps(statements)))
    return found
