"""Making what fails smaller."""

from __future__ import annotations

from collections.abc import Callable

_TRIES = 300


def shrunk(text: str, fails: Callable[[str], bool]) -> str:
    """A shorter text that fails too: slices are left out as long as that goes on."""
    tries, size = _TRIES, len(text) // 2
    while size and tries:
        start = 0
        while start < len(text) and tries:
            tries -= 1
            shorter = text[:start] + text[start + size :]
            if fails(shorter):
                text = shorter
            else:
                start += size
        size //= 2
    return text
