"""What the kernel says of a process (``man 5 proc``): its CPU time, its memory, the processes below it."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_KIB = 1024


def cpu_seconds(pid: int) -> float:
    """The CPU time, user and system, that a process took since it began, all its threads together.

    Processes below it count only once they have ended.
    """
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident(pid: int) -> int:
    """Resident memory of a process, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) * _KIB


def descendants(pid: int) -> list[int]:
    """The processes below a process; none below one that has ended."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [each for child in map(int, found) for each in (child, *descendants(child))]


def pin(pid: int, core: int) -> None:
    """Let a process that runs stay on one core with all its threads; not those below it."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def forget_peak(pid: int) -> None:
    """Let the most memory that a process had be counted from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def peak(pid: int) -> int:
    """The most resident memory that a process had, in bytes; 0 for one that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return 0
    _, found, rest = status.partition("VmHWM:")
    return int(rest.split()[0]) * _KIB if found else 0
