"""A report for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import orjson

from graph_api.imports.mapping.headings import How
from graph_api.imports.rows.outcomes import ImportReport, Mode, Outcome, OutcomeKind, SheetReport

_ENUM_KEYS = orjson.OPT_NON_STR_KEYS


def report_json(report: ImportReport) -> dict[str, object]:
    """The report as plain values, its counts summed up."""
    plain = cast("dict[str, object]", orjson.loads(orjson.dumps(report, option=_ENUM_KEYS)))
    return {**plain, "rows": report.rows, "counts": {str(kind): report.count(kind) for kind in OutcomeKind}}


def sheet_lines(sheet: SheetReport) -> Iterator[str]:
    """What a sheet is for and what its headings mean, in sentences."""
    if sheet.skipped:
        yield f"{sheet.name}: skipped, {sheet.skipped}."
        return
    yield f"{sheet.name}: {sheet.target} ({sheet.chosen})."
    guessed = [each for each in sheet.matches if each.how is not How.EXACT]
    for each in guessed:
        score = f", {each.score:.0f} of 100" if each.how is How.CLOSE else ""
        yield f"  {each.heading} = {each.column} ({each.how}{score})"
    if sheet.ignored:
        yield f"  ignored columns: {', '.join(sheet.ignored)}"


def summary(report: ImportReport) -> str:
    """What was or would be stored, in a sentence."""
    counts = ", ".join(f"{report.count(kind):,} {_WORDS[kind]}" for kind in OutcomeKind if report.count(kind))
    rows = f"{report.rows:,} rows: {counts}." if report.rows else "No rows."
    if report.stored:
        return f"{rows} Stored."
    if report.mode is Mode.DRY_RUN:
        return f"{rows} This was a dry run: nothing is stored."
    return f"{rows} Nothing is stored, because of the rejected rows."


def outcome_text(outcome: Outcome) -> str:
    """What became of a row, in a line for each change and problem."""
    lines = [f"{each.column}: {each.before} -> {each.after}" for each in outcome.changes]
    if outcome.kind is OutcomeKind.CREATE:
        lines = [f"{each.column}: {each.after}" for each in outcome.changes]
    lines += [str(each) for each in outcome.problems]
    if outcome.like and not outcome.problems:
        lines.append(f"like {outcome.like}")
    return "\n".join(lines)


_WORDS = {
    OutcomeKind.CREATE: "to create",
    OutcomeKind.CHANGE: "to change",
    OutcomeKind.UNCHANGED: "unchanged",
    OutcomeKind.DUPLICATE: "duplicates",
    OutcomeKind.REJECTED: "rejected",
}
