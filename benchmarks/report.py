"""Tables of measurements, in Markdown."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns, its rows, and a sentence on how it was made."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str

    def markdown(self) -> str:
        """The table with its note."""
        lines = [self.columns, tuple("---" for _ in self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        where = f"Python {platform.python_version()}, {platform.system()}, {date.today().isoformat()}"
        return f"{table}\n\n{self.note} ({where})"
