"""What commands print: sentences and progress on standard error, answers on standard output."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph_api.imports.load import Progress as Advance
from graph_api.imports.report import FileStatus, LoadReport


class Terminal:
    """Tells a person at a terminal, or a log, what goes on."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=quiet)

    def say(self, sentence: str) -> None:
        """Print a sentence."""
        self._console.print(sentence, markup=False)

    @contextlib.contextmanager
    def progress(self, begin: str = "Reading the seeds") -> Iterator[Advance]:
        """A bar for what is being done; it begins with a name."""
        columns = (
            TextColumn("{task.description:<48}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as bars:
            task = bars.add_task(begin, total=None)

            def advance(label: str, done: int, total: int) -> None:
                bars.update(task, description=label, completed=done, total=total)

            yield advance

    def report(self, report: LoadReport) -> None:
        """Print how much was loaded, and every row that is not in the graph."""
        loaded = [file for file in report.files if file.status is FileStatus.LOADED]
        unchanged = sum(file.status is FileStatus.UNCHANGED for file in report.files)
        rows = sum(file.loaded for file in loaded)
        self.say(
            f"Seeds: {len(loaded)} files with {rows:,} rows loaded in {report.seconds:.1f} s, "
            f"{unchanged} unchanged."
        )
        for line in report.lines():
            self.say(f"Not loaded: {line}")
