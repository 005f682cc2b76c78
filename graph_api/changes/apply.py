"""An edit from a list of items, as one change: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from graph_api.changes import log
from graph_api.changes.items import Applied, Header, Item, Violation, Written
from graph_api.changes.transact import transact
from graph_api.changes.writing import Writing
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store, Transaction
from graph_api.ontology import Ontology


class BrokenEditError(Exception):
    """The graph does not allow an edit; ``violations`` say why. Nothing of it was stored."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("; ".join(each.reason for each in violations))
        self.violations = tuple(violations)


class _RolledBackError(Exception):
    """Nothing is to be kept; carries what would have been done."""

    def __init__(self, written: Written) -> None:
        super().__init__("rolled back")
        self.written = written


Work = Callable[[Writing], Awaitable[None]]


async def edit(
    store: Store,
    ontology: Ontology,
    header: Header,
    work: Work,
    *,
    also: Sequence[Statement] = (),
    dry_run: bool = False,
) -> Written:
    """Run work that writes, as one change; ``also`` is stored with it, even when nothing else differs.

    Without a difference, and in a dry run, everything is rolled back; a dry run is otherwise the same run.
    The work may run several times. Raises ``BrokenEditError`` and the errors of ``DatabaseError``.
    """

    async def attempt(transaction: Transaction) -> Written:
        writing = await Writing.open(transaction, ontology, header)
        await work(writing)
        written = await writing.close()
        if writing.checks.violations:
            raise BrokenEditError(writing.checks.violations)
        if dry_run or (written.number is None and not also):
            raise _RolledBackError(written)
        if written.number is None:
            await transaction.run(log.forget_change(writing.number))
        for statement in also:
            await transaction.run(statement)
        return written

    try:
        return await transact(store, attempt)
    except _RolledBackError as ended:
        return ended.written


async def apply_edit(
    store: Store, ontology: Ontology, header: Header, items: Sequence[Item]
) -> tuple[Written, list[Applied]]:
    """Apply items as one change; raises as ``edit`` does."""
    done: list[Applied] = []

    async def work(writing: Writing) -> None:
        done.clear()
        done.extend(await writing.write(items))

    return await edit(store, ontology, header, work), done
