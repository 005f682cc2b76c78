"""An import of a file: read in batches, judged, written in one transaction, and taken back in a dry run."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph_api.changes.apply import BrokenEditError, Work, edit
from graph_api.changes.items import Header
from graph_api.changes.portions import PORTION
from graph_api.changes.writing import Writing
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store, Transaction
from graph_api.errors import InvalidArgumentError, RejectedFileError, UnreadableFileError
from graph_api.imports.mapping import (
    Chosen,
    Mapping,
    choose_target,
    map_columns,
    overrides,
    targets_of,
)
from graph_api.imports.reading import Format, ReadLimits, Sheet, SheetRow, open_sheets
from graph_api.imports.records import NodeRef
from graph_api.imports.rows.batches import Batches
from graph_api.imports.rows.decision import FindDuplicates
from graph_api.imports.rows.drafts import draft_of, is_remark
from graph_api.imports.rows.images import read_nodes
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import ImportReport, Mode, OutcomeKind, SheetReport
from graph_api.imports.rows.spool import Spool
from graph_api.imports.write import row_error
from graph_api.ontology import Ontology

COMMAND = "import"
"""What the history calls an import."""
ACTOR = "command line"
"""Who imports where nobody says who they are."""
Progress = Callable[[int], None]
"""Called with how many rows have an outcome."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be understood, and what of it is stored.

    ``target`` is what all its sheets are for; ``columns`` are texts ``HEADING=column``; ``strict`` refuses
    headings that mean nothing. ``defaults`` are for rows that do not say it. ``key_prefix`` makes keys of
    names; ``by_name`` takes a name that only one node has for its key; ``clears`` takes away what an empty
    cell does not say; ``takes_duplicates`` creates nodes that are like others. ``role`` is that of whoever
    imports, ``actor`` their name in the history. ``marker`` is written together with the rows.
    """

    mode: Mode = Mode.DRY_RUN
    target: str = ""
    columns: Sequence[str] = ()
    strict: bool = False
    form: str = ""
    encoding: str = ""
    header_row: int = 1
    defaults: Defaults = field(default_factory=Defaults)
    key_prefix: str = ""
    by_name: bool = False
    clears: bool = False
    takes_duplicates: bool = False
    role: str | None = None
    actor: str = ACTOR
    reason: str | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)
    formats: tuple[Format, ...] = ()
    marker: Statement | None = None


def no_progress(_: int) -> None:
    """Tell nobody."""


class _TakeBackError(Exception):
    """Ends the transaction of an import that is not to be stored."""


async def import_file(
    store: Store,
    ontology: Ontology,
    path: Path,
    options: Options,
    spool: Path,
    *,
    name: str = "",
    progress: Progress = no_progress,
    find_duplicates: FindDuplicates | None = None,
) -> ImportReport:
    """Import a file as one change; ``spool`` gets every outcome, ``name`` is the file's name to show.

    A dry run is the same run, taken back. With the mode ``ALL`` a rejected row takes everything back; with
    ``ROWS`` the good rows stay. Raises ``UnreadableFileError``, ``LimitExceededError`` and
    ``InvalidArgumentError`` for a file or an option that cannot be used, ``RejectedFileError`` when the rows
    together break a rule that none breaks alone, and those of ``DatabaseError``; then nothing was stored.
    """
    return await _Run(store, ontology, path, options, spool, name or path.name, progress).run(find_duplicates)


@dataclass(slots=True)
class _Run:
    store: Store
    ontology: Ontology
    path: Path
    options: Options
    spool: Path
    name: str
    progress: Progress
    number: int | None = None
    outcomes: Spool = field(init=False)
    sheets: list[SheetReport] = field(default_factory=list)
    unused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outcomes = Spool(self.spool)

    async def run(self, find_duplicates: FindDuplicates | None) -> ImportReport:
        begun = time.perf_counter()
        given = overrides(self.options.columns)

        async def work(writing: Writing) -> None:
            # It may run again when another write came first.
            self.sheets, self.unused = [], dict(given)
            with Spool(self.spool) as spool:
                self.outcomes = spool
                await self._check_source(writing.transaction)
                batches = Batches(writing, self.ontology, self.options, spool, find_duplicates)
                await self._all_sheets(batches, given)
                await batches.finish()
                self.progress(batches.decided)
            if self.options.mode is Mode.ALL and self._rejected:
                raise _TakeBackError

        stored = await self._edited(work)
        sheets = tuple(self._counted(each) for each in self.sheets)
        seconds = time.perf_counter() - begun
        shown = tuple(self.outcomes.shown)
        return ImportReport(self.name, self.options.mode, stored, sheets, shown, seconds, self.number)

    async def _edited(self, work: Work) -> bool:
        """Whether what the work did is stored."""
        options = self.options
        sources = (options.defaults.source,) if options.defaults.source else ()
        role = options.role or (self.ontology.roles[-1] if self.ontology.roles else "")
        header = Header(COMMAND, f"{self.name} imported", options.actor, role, options.reason, sources)
        also = () if options.marker is None else (options.marker,)
        dry_run = options.mode is Mode.DRY_RUN
        try:
            written = await edit(self.store, self.ontology, header, work, also=also, dry_run=dry_run)
        except _TakeBackError:
            return False
        except BrokenEditError as problem:
            # Every row was judged before: this is what only the whole tells.
            first = row_error(problem.violations[0])
            raise RejectedFileError(f"Nothing is stored: {first}.", file=self.name) from problem
        self.number = None if dry_run else written.number
        return not dry_run

    @property
    def _rejected(self) -> bool:
        return any(found[OutcomeKind.REJECTED] for found in self.outcomes.counts.values())

    async def _check_source(self, transaction: Transaction) -> None:
        source, kind = self.options.defaults.source, self.ontology.source_kind
        if source and not await read_nodes(transaction, [NodeRef(kind, source)]):
            raise InvalidArgumentError(
                f"No {kind} has the key {source[:120]}.",
                remedy="Import it first, or name another.",
                argument="source",
                value=source[:120],
            )

    async def _all_sheets(self, batches: Batches, given: dict[str, str]) -> None:
        options = self.options
        sheets = open_sheets(
            self.path,
            options.limits,
            form=options.form,
            encoding=options.encoding,
            header_row=options.header_row,
            formats=options.formats,
        )
        while (sheet := await asyncio.to_thread(next, sheets, None)) is not None:
            mapping = self._mapping(sheet, given)
            if mapping is not None:
                await self._rows(sheet, mapping, batches)
        if self.unused:
            raise InvalidArgumentError(
                f"No sheet has the heading '{next(iter(self.unused))[:80]}'.",
                remedy="Write the heading as it stands in the file.",
                argument="map",
            )
        if all(each.skipped for each in self.sheets):
            reasons = "; ".join(f"{each.name}: {each.skipped}" for each in self.sheets[:5])
            raise UnreadableFileError(
                f"Nothing in {self.name} can be imported: {reasons or 'it is empty'}.",
                remedy="Say what the rows are (--as NAME).",
            )

    def _mapping(self, sheet: Sheet, given: dict[str, str]) -> Mapping | None:
        """What the sheet says; None for one that is skipped."""
        if sheet.skipped:
            self.sheets.append(SheetReport(sheet.name, skipped=sheet.skipped))
            return None
        targets = targets_of(self.ontology, self.options.role)
        chosen = choose_target(targets, sheet, Path(self.name).stem, self.options.target)
        if chosen is None:
            self.sheets.append(SheetReport(sheet.name, skipped="nothing tells what its rows are"))
            return None
        for heading in sheet.headings:
            self.unused.pop(heading, None)
        mapping = map_columns(chosen.target, sheet.headings, given)
        self._check(sheet, mapping, chosen)
        report = SheetReport(
            sheet.name, chosen.target.title, str(chosen.by), mapping.matches, mapping.ignored
        )
        self.sheets.append(report)
        return mapping

    def _check(self, sheet: Sheet, mapping: Mapping, chosen: Chosen) -> None:
        target = chosen.target
        needed = ["source", "target"] if target.edge is not None else ["key"]
        if target.kind is not None and self.options.key_prefix and mapping.has("name"):
            needed = []
        for column in needed:
            if not mapping.has(column):
                raise InvalidArgumentError(
                    f"No column of the sheet {sheet.name} is the {column} of {target.title}.",
                    remedy=f"Name it (--map HEADING={column})"
                    + (", or have keys made of names (--keys PREFIX)." if column == "key" else "."),
                    argument="map",
                    sheet=sheet.name,
                )
        if self.options.strict and mapping.ignored:
            raise InvalidArgumentError(
                f"The sheet {sheet.name} has columns that {target.title} do not have: "
                f"{', '.join(mapping.ignored)[:400]}.",
                remedy="Map them (--map HEADING=column), or ignore them (--map HEADING=).",
                argument="strict",
                sheet=sheet.name,
            )

    async def _rows(self, sheet: Sheet, mapping: Mapping, batches: Batches) -> None:
        remarks = 0
        while rows := await asyncio.to_thread(_some, sheet.rows):
            real = [row for row in rows if not is_remark(row)]
            remarks += len(rows) - len(real)
            drafts = [
                draft_of(
                    sheet.name,
                    row,
                    mapping,
                    key_prefix=self.options.key_prefix,
                    clears=self.options.clears,
                )
                for row in real
            ]
            await batches.take(drafts)
            self.progress(batches.decided)
        self.sheets[-1] = replace(self.sheets[-1], remarks=remarks)

    def _counted(self, sheet: SheetReport) -> SheetReport:
        return replace(sheet, counts=dict(self.outcomes.counts.get(sheet.name, {})))


def _some(rows: Iterator[SheetRow]) -> list[SheetRow]:
    return list(itertools.islice(rows, PORTION))
