"""An import of 100,000 rows: how long each format takes, and how much memory."""

from __future__ import annotations

import asyncio
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from benchmarks import processes
from benchmarks.report import Table

ROWS = 100_000
_HEADINGS = ("key", "name", "kind", "url", "publisher", "note")
_MEBIBYTE = 2**20
_READ = (
    "import os, sys; from pathlib import Path; from benchmarks import processes; "
    "from graph_api.imports.reading import ReadLimits, open_sheets; "
    "print(sum(1 for s in open_sheets(Path(sys.argv[1]), ReadLimits()) for _ in s.rows), "
    "processes.peak(os.getpid()))"
)
"""Reads a file in a process of its own, and prints its rows and the most memory it had, in bytes."""


def _rows(number: int) -> Iterator[tuple[str, ...]]:
    for at in range(number):
        url = f"https://example.org/letters/{at}"
        yield f"L-{at:06}", f"Letter number {at}", "DOCUMENT", url, "An office", "=not a formula"


def write(folder: Path, number: int) -> dict[str, Path]:
    """Files of so many sources, by their formats."""
    paths = {form: folder / f"sources-{number}.{form}" for form in ("csv", "jsonl", "xlsx")}
    with paths["csv"].open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_HEADINGS, *_rows(number)])
    with paths["jsonl"].open("w", encoding="utf-8") as file:
        for row in _rows(number):
            file.write(json.dumps(dict(zip(_HEADINGS, row, strict=True))) + "\n")
    with xlsxwriter.Workbook(paths["xlsx"], {"constant_memory": True}) as book:
        sheet = book.add_worksheet("sources")
        for at, row in enumerate([_HEADINGS, *_rows(number)]):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
    return paths


def _reading(path: Path) -> tuple[float, int]:
    """Seconds and the most memory in MiB for reading alone."""
    begun = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
    _, peak = map(int, ran.stdout.split())
    return time.perf_counter() - begun, peak // _MEBIBYTE


def importing(path: Path, data: Path, *words: str) -> tuple[float, int, int, dict[str, int]]:
    """Import a file: seconds, the most memory of the command and of its engine in MiB, and its counts."""
    command = [sys.executable, "-m", "graph_api.cli.main", "import", str(path), "--as", "sources"]
    command += ["--data", str(data), "--report", "json", *words]
    begun = time.perf_counter()
    own = engine = 0
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(command, stdout=printed)
        while process.poll() is None:
            own = max(own, processes.peak(process.pid))
            engine = max(engine, *map(processes.peak, processes.descendants(process.pid)), 0)
            time.sleep(0.1)
        taken = time.perf_counter() - begun
        if process.returncode:
            raise RuntimeError(f"The import ended with {process.returncode}.")
        printed.seek(0)
        return taken, own // _MEBIBYTE, engine // _MEBIBYTE, json.load(printed)["counts"]


async def measure() -> Table:
    """The table of imports; raises ``RuntimeError`` when one does not do what it should."""
    return await asyncio.to_thread(_measure)


def _measure() -> Table:
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        small, large = write(Path(folder), ROWS // 10), write(Path(folder), ROWS)
        for form, path in large.items():
            _, before = _reading(small[form])
            seconds, peak = _reading(path)
            rows.append(
                (f"{form}: read {ROWS:,} rows", f"{seconds:.1f} s", f"{peak} MiB ({before} for a tenth)", "")
            )
        data = Path(folder) / "data"
        for what, path, words in (
            ("dry run of a tenth", small["csv"], ()),
            ("dry run", large["csv"], ()),
            ("all or nothing, new", large["csv"], ("--commit",)),
            ("all or nothing, unchanged", large["csv"], ("--commit",)),
        ):
            seconds, own, engine, counts = importing(path, data, *words)
            if sum(counts.values()) not in (ROWS, ROWS // 10) or counts["REJECTED"]:
                raise RuntimeError(f"The import counted {counts}.")
            rows.append((f"csv: {what}", f"{seconds:.1f} s", f"{own} MiB", f"{engine} MiB"))
    note = f"`make bench ARGS=import`: {ROWS:,} rows of 6 columns into the embedded engine, one run."
    return Table(("what", "time", "most memory of the command", "of the engine"), tuple(rows), note)
