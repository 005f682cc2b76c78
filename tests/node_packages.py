"""Folders with pinned npm packages and scripts that use them: installed once, run by Node."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PINNED = ("package.json", "package-lock.json", ".npmrc")
_INSTALL_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class NodePackages:
    """A folder with ``package.json``, its lock file and scripts, which may run so many seconds each."""

    folder: Path
    seconds: float = 120.0

    @property
    def modules(self) -> Path:
        """Where the packages are; installing anew removes it with all that lies in it."""
        return self.folder / "node_modules"

    def install(self, *scripts: str) -> None:
        """Install what the lock file says, unless that was done; a change of these scripts does it again."""
        wanted = digest(b"".join((self.folder / name).read_bytes() for name in (*_PINNED, *scripts)))
        stamp = self.modules / ".stamp"
        # Tests run in several processes.
        with (self.folder / "package-lock.json").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not stamp.exists() or stamp.read_text() != wanted:
                npm = NodePackages(self.folder, _INSTALL_SECONDS)
                succeeded(npm.run(tool("npm"), "ci", "--no-progress"))
                stamp.write_text(wanted)

    def node(self, script: str, *words: str | Path, given: str = "") -> str:
        """What a script printed; its failure fails the test, with what it said."""
        return succeeded(self.run(tool("node"), script, *words, given=given))

    def run(
        self, *command: str | Path, given: str = "", directory: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """How a command ended, run in the folder or in another directory."""
        return subprocess.run(
            list(map(str, command)),
            cwd=directory or self.folder,
            env={**os.environ, "NO_COLOR": "1"},
            input=given,
            capture_output=True,
            text=True,
            timeout=self.seconds,
            check=False,
        )


def succeeded(done: subprocess.CompletedProcess[str]) -> str:
    """What a command printed; its failure fails the test."""
    assert done.returncode == 0, f"{done.args} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def digest(content: bytes) -> str:
    """A text that only this content has."""
    return hashlib.sha256(content).hexdigest()


def tool(name: str) -> str:
    """The path of a program; a missing one fails the test."""
    found = shutil.which(name)
    assert found, f"{name} is missing. What the tests need is named and installed by scripts/ensure_tools."
    return found
