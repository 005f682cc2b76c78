"""What the words of organizations' names mean in several languages, and which of them say little.

The lists stand in ``schema/words``, to be read and added to without Python: the words that are frequent in
the ECOSOC register (1998-2024), and the legal forms that its names begin or end with.
"""

from __future__ import annotations

from pathlib import Path

from graph_api.duplicates.lexicon import NameWords

_FOLDER = Path(__file__).parent / "words"


def _lines(name: str) -> tuple[str, ...]:
    """The lines of a list; what follows ``#`` at the beginning of a line is a remark."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _groups(name: str) -> dict[str, tuple[str, ...]]:
    """One group a line: the meaning, a colon, the words for it, parted by ``|``."""
    lines = (line.partition(":") for line in _lines(name))
    return {meaning.strip(): _parts(words) for meaning, _, words in lines}


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _pair(line: str) -> tuple[str, str]:
    one, other = _parts(line)
    return one, other


NAME_WORDS = NameWords(
    legal_forms=_lines("legal_forms"),
    ignored=_lines("ignored"),
    generic=_groups("generic"),
    translated=_groups("translated"),
    scopes=_groups("scopes"),
    places=_groups("places"),
    false_friends=tuple(map(_pair, _lines("false_friends"))),
    shared_hosts=frozenset(_lines("shared_hosts")),
)
