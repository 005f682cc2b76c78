"""Checks that no committed file names a package registry or a place on somebody's machine.

Installing must work with whatever index a machine is set up for, and a path of one machine is on no other.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

# The first digits of the SHA-256 of each registry's host, so that this file names none either.
_REGISTRIES = frozenset(
    {
        "a4aa2ac280bb8d1a",
        "8b5bb5eb9d758455",
        "8743857e3ea00fd1",
        "3ca29e55be4befa4",
        "317d2d52829b7812",
        "43c04ed1dabe979b",
        "e680c440a2e92079",
        "789e46d79514e280",
        "00a7dc5a0cc38858",
        "e2dd3580aeebec64",
        "9c6b05022d03bb05",
        "394bc662b64ea8fc",
    }
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_PLACES = ["work", "tmp", "root", "home", "Users"]
REGISTRY = "names a package registry"

RULES = {
    "names a place on one machine": re.compile(rf"(?<![\w.~$}}*/-])/(?:{'|'.join(_PLACES)})/\w"),
    "has a merge conflict": re.compile(r"^(?:<{7}|>{7})(?: |$)"),
}


@lru_cache(maxsize=100_000)
def is_registry(host: str) -> bool:
    """Whether a host is a package registry's, or lies below one."""
    parts = host.lower().split(".")
    names = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return any(hashlib.sha256(name.encode()).hexdigest()[:16] in _REGISTRIES for name in names)


def committed_files(root: Path) -> list[Path]:
    """Every file that is in the repository or would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout.decode().split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def breaches(file: Path) -> Iterator[tuple[int, str]]:
    """Line number and rule of everything in the file that no committed file may have."""
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if any(map(is_registry, _HOST.findall(line))):
            yield number, REGISTRY
        for rule, pattern in RULES.items():
            if pattern.search(line):
                yield number, rule


def main(root: Path) -> int:
    """Prints every breach, or how many files were read; returns the exit code."""
    files = committed_files(root)
    found = [
        f"{file.relative_to(root)}:{number}: {rule}" for file in files for number, rule in breaches(file)
    ]
    for line in found:
        print(line, file=sys.stderr)
    if not found:
        print(f"{len(files)} files name no registry and no place on one machine.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parents[1]))
