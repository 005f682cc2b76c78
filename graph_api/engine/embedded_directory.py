"""The data directory of the embedded engine: claimed by one process at a time, checked before use."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self, TypeVar

from graph_api.errors import DataDirectoryInUseError, DataDirectoryUnusableError

Result = TypeVar("Result")

MINIMUM_FREE_BYTES: Final = 100_000_000
_LOCK_FILE: Final = "in-use"
_PASSWORD_FILE: Final = "password"
_ADDRESS_FILE: Final = "engine-address"
_LOGIN_FILE: Final = Path("config", "server-users.jsonl")
_PASSWORD_BYTES: Final = 24
# A guardian whose parent was killed holds the lock until its engine has written everything.
_ENDING_SECONDS: Final = 15.0
_POLL_SECONDS: Final = 0.1


class DataDirectory:
    """A directory that belongs to this process until ``release``.

    The claim is a lock on a file. The guardian of the engine shares it, so the directory stays
    claimed until the engine has ended, even when this process was killed.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self.lock = lock
        self.password = _password(path)

    @classmethod
    async def claim(cls, path: Path, *, minimum_free: int = MINIMUM_FREE_BYTES) -> Self:
        """Make the directory if needed, check it and claim it.

        Raises DataDirectoryInUseError and DataDirectoryUnusableError.
        """
        path = path.expanduser().absolute()
        lock = _usable(path, lambda: _open_lock(path))
        try:
            _check_free(path, minimum_free)
            await _lock(path, lock)
            # One who was killed left it; by now something else may answer there.
            _usable(path, lambda: (path / _ADDRESS_FILE).unlink(missing_ok=True))
            return _usable(path, lambda: cls(path, lock))
        except BaseException:
            os.close(lock)
            raise

    @property
    def password_file(self) -> Path:
        """Where the engine reads its password; only its owner can read the file."""
        return self.path / _PASSWORD_FILE

    @property
    def log_file(self) -> Path:
        """Where the engine's output goes."""
        return self.path / "engine.log"

    def publish(self, address: str) -> None:
        """Leave the engine's address for other programs of the same user; ``release`` takes it away.

        Raises DataDirectoryUnusableError.
        """
        _usable(self.path, lambda: _write_privately(self.path / _ADDRESS_FILE, address))

    def release(self) -> None:
        """Give up the claim."""
        (self.path / _ADDRESS_FILE).unlink(missing_ok=True)
        os.close(self.lock)


def published(path: Path) -> tuple[str, str] | None:
    """The address and the password of the engine that another program runs on a directory.

    Nothing when none has left them; one that was killed leaves an address where nothing answers.
    Raises DataDirectoryUnusableError when this user may not read them.
    """
    path = path.expanduser().absolute()
    try:
        return (path / _ADDRESS_FILE).read_text(), (path / _PASSWORD_FILE).read_text()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(path, "its password belongs to another user") from error


def _open_lock(path: Path) -> int:
    path.mkdir(parents=True, exist_ok=True)
    return os.open(path / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)


async def _lock(path: Path, lock: int) -> None:
    deadline = asyncio.get_running_loop().time() + _ENDING_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
            if _is_running(holder) or asyncio.get_running_loop().time() > deadline:
                raise in_use(path, holder) from None
            await asyncio.sleep(_POLL_SECONDS)
        else:
            break
    _usable(path, lambda: _sign(lock))


def _sign(lock: int) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


def _is_running(holder: str) -> bool:
    if not holder.isdigit():
        # The holder has locked the file and not written its number yet: it is just starting.
        return True
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _password(path: Path) -> str:
    file = path / _PASSWORD_FILE
    if file.exists():
        return file.read_text()
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    # The engine takes the new password only when it knows no user yet.
    (path / _LOGIN_FILE).unlink(missing_ok=True)
    _write_privately(file, password)
    return password


def _write_privately(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(text)
    new.replace(file)


def _check_free(path: Path, minimum: int) -> None:
    free = shutil.disk_usage(path).free
    if free < minimum:
        raise unusable(path, f"only {free // 1_000_000} MB are free on its disk, of {minimum // 1_000_000}")


def _usable(path: Path, step: Callable[[], Result]) -> Result:
    try:
        return step()
    except OSError as error:
        raise unusable(path, _reason(error)) from error


def _reason(error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "it cannot be written"
        case errno.EEXIST | errno.ENOTDIR:
            return "a file stands in its place"
        case errno.ENOSPC | errno.EDQUOT:
            return "its disk is full"
        case _:
            return error.strerror or type(error).__name__


def in_use(path: Path, holder: str = "") -> DataDirectoryInUseError:
    """The error of a directory that another process serves."""
    by = f" by process {holder}" if holder else ""
    return DataDirectoryInUseError(
        f"The data directory {path} is in use{by}.",
        remedy="Stop the other one, or choose another directory.",
        directory=str(path),
    )


def unusable(path: Path, reason: str) -> DataDirectoryUnusableError:
    """The error of a directory that cannot hold a database."""
    return DataDirectoryUnusableError(
        f"The data directory {path} cannot be used: {reason}.",
        remedy="Choose a directory that this user can write, on a disk with room.",
        directory=str(path),
    )
