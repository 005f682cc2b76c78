"""Neo4j's own linter for Cypher, run by Node over many texts at once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

FOLDER = Path(__file__).parent / "cypher_linter"
# Installing anew removes both.
_STAMP = FOLDER / "node_modules" / ".stamp"
_PASSED = FOLDER / "node_modules" / ".passed"
_PARAMETER = re.compile(r"\$(\w+)")
_SECONDS = 900

Finding: TypeAlias = dict[str, str]


def lint(texts: Mapping[str, str]) -> list[Finding]:
    """What the linter says of the texts, by name, for Cypher 5 and for Cypher 25.

    It takes most of a millisecond for each character, so texts that passed are remembered beside the
    installed linter, and forgotten when it changes.
    """
    _install()
    passed = set(_PASSED.read_text().split()) if _PASSED.exists() else set()
    waiting = {name: text for name, text in texts.items() if _digest(text.encode()) not in passed}
    shares = _shares(waiting, os.cpu_count() or 1)
    with ThreadPoolExecutor(len(shares)) as pool:
        found = [finding for findings in pool.map(_lint, shares) for finding in findings]
    failed = {finding["name"] for finding in found}
    with _PASSED.open("a") as file:
        file.writelines(f"{_digest(text.encode())}\n" for name, text in waiting.items() if name not in failed)
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
    found: list[Finding] = json.loads(_run([_tool("node"), "lint.mjs"], json.dumps(statements)))
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _install() -> None:
    """Install the linter as its lock file says, unless that was done before."""
    files = ("package.json", "package-lock.json", ".npmrc", "lint.mjs")
    wanted = _digest(b"".join((FOLDER / name).read_bytes() for name in files))
    if not _STAMP.exists() or _STAMP.read_text() != wanted:
        _run([_tool("npm"), "ci", "--no-progress"], "")
        _STAMP.write_text(wanted)


def _tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing. What the tests need is named and installed by scripts/ensure_tools."
    return found


def _run(command: list[str], given: str) -> str:
    done = subprocess.run(
        command, cwd=FOLDER, input=given, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout
