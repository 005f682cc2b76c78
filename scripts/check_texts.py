"""Checks that no committed file names a package registry or a place on somebody's machine.

Installing must work with whatever index a machine is set up for, and a path of one machine is on no other.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Written in pieces, so that this file does not break its own rule.
_REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "repo.maven.apache" + ".org",
    "repo1.maven" + ".org",
    "deb.debian" + ".org",
    "crates" + ".io",
    "proxy.golang" + ".org",
    "unpkg" + ".com",
    "jsdelivr" + ".net",
    "esm" + ".sh",
]
_PLACES = ["work", "tmp", "root", "home", "Users"]

RULES = {
    "names a package registry": re.compile("|".join(re.escape(host) for host in _REGISTRIES), re.IGNORECASE),
    "names a place on one machine": re.compile(rf"(?<![\w.~$}}*/-])/(?:{'|'.join(_PLACES)})/\w"),
    "has a merge conflict": re.compile(r"^(?:<{7}|>{7})(?: |$)"),
}


def committed_files(root: Path) -> list[Path]:
    """Every file that is in the repository or would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout.decode().split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def breaches(file: Path) -> Iterator[tuple[int, str]]:
    """Line number and rule of everything in the file that no committed file may have."""
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
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
