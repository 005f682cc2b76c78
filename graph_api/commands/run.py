"""Running a command: one transaction, in which it is judged, stored and written into the log."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import orjson

from graph_api.access.viewer import Viewer
from graph_api.changes import log
from graph_api.changes.items import Header, NodeRef, Violation
from graph_api.changes.transact import transact
from graph_api.changes.writing import Writing
from graph_api.commands.arguments import bind
from graph_api.commands.declare import Command, CommandType, summary
from graph_api.commands.draft import Draft
from graph_api.commands.knowledge import OwnKnowledge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.engine.protocol import Store, Transaction
from graph_api.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Request:
    """A command as somebody sends it; ``given`` are its arguments by their Python names.

    ``expected_version`` is the version of the graph that its sender knows. A ``dry_run`` is judged and
    rolled back.
    """

    type: CommandType
    given: Mapping[str, object]
    sources: tuple[str, ...] = ()
    own_knowledge: bool = False
    reason: str | None = None
    idempotency_key: str | None = None
    expected_version: int | None = None
    dry_run: bool = False

    @property
    def digest(self) -> str:
        """Tells this request from others."""
        told = [self.type.field, dict(self.given), self.sources, self.own_knowledge, self.reason]
        text = orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)
        return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What became of a command.

    ``number`` is that of its change: None when it was refused, when it was a dry run, and when nothing
    differs by it. ``repeated`` says that the change was made before, under the same idempotency key.
    ``notices`` say what a person should know, and no rule forbids.
    """

    number: int | None = None
    subject: NodeRef | None = None
    problems: tuple[Problem, ...] = ()
    repeated: bool = False
    items: int = 0
    notices: tuple[str, ...] = ()


class _EndedError(Exception):
    """The transaction is rolled back, and this is the result all the same."""

    def __init__(self, result: CommandResult) -> None:
        super().__init__("ended")
        self.result = result


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs commands on a store."""

    store: Store
    ontology: Ontology
    knowledge: OwnKnowledge | None = None

    async def run(self, request: Request, viewer: Viewer) -> CommandResult:
        """Run a command for a viewer; whatever its rules say is in the result.

        Raises the errors of ``DatabaseError``.
        """
        try:
            self._check_viewer(request.type, viewer)
            command = bind(request.type, request.given)
            self._check_sources(request)
            return await transact(self.store, _Attempt(self, request, command, viewer))
        except Refusal as refusal:
            return CommandResult(problems=refusal.problems)
        except _EndedError as ended:
            return ended.result

    def _check_viewer(self, found: CommandType, viewer: Viewer) -> None:
        needed = found.command.taken_from
        allowed = viewer.writes and (needed is None or self.ontology.sees(viewer.role, needed.name))
        if not allowed:
            text = f"The role {viewer.role} may not do this: {found.title.lower()}."
            raise Refusal(
                Problem(
                    ProblemCode.FORBIDDEN,
                    text,
                    remedy=f"It takes the role {needed.name}." if needed else "It takes a role that writes.",
                )
            )

    def _check_sources(self, request: Request) -> None:
        stated = request.sources or (request.own_knowledge and self.knowledge is not None)
        if request.type.command.states_facts and not stated:
            raise Refusal(
                Problem(
                    ProblemCode.MISSING_SOURCE,
                    "Nobody says who states this.",
                    "sources",
                    remedy="Name a source, or say that it is your own knowledge.",
                )
            )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try at a command; all it keeps is in the transaction."""

    runner: Runner
    request: Request
    command: Command
    viewer: Viewer

    async def __call__(self, transaction: Transaction) -> CommandResult:
        runner, request = self.runner, self.request
        today = datetime.now(UTC).date()
        draft = Draft(transaction, runner.ontology, self.viewer, request.sources, today)
        if request.own_knowledge and runner.knowledge is not None:
            draft.sources = (*draft.sources, runner.knowledge.mentioned(draft))
        writing = await Writing.open(transaction, runner.ontology, self._header(draft.sources))
        draft.number = writing.number
        await self._check_repeated(transaction, writing.number)
        await self._check_version(transaction)
        subject = await self.command.apply(draft)
        for statement in draft.before:
            await transaction.run(statement)
        await writing.write(draft.items)
        written = await writing.close()
        if writing.checks.violations:
            raise Refusal(*map(_problem, writing.checks.violations))
        effects = written.created + written.changed + written.dropped
        if request.dry_run or not effects:
            raise _EndedError(CommandResult(None, subject, items=effects, notices=tuple(draft.notices)))
        for statement in draft.also:
            await transaction.run(statement)
        return CommandResult(written.number, subject, items=effects, notices=tuple(draft.notices))

    def _header(self, sources: Sequence[str]) -> Header:
        request, viewer = self.request, self.viewer
        return Header(
            request.type.field,
            summary(request.type, request.given),
            viewer.name,
            viewer.role,
            request.reason,
            tuple(sources),
            self._idempotency,
            request.digest if request.idempotency_key else None,
            self.command.undoes,
        )

    @property
    def _idempotency(self) -> str | None:
        """The key as it is stored: two people may choose the same."""
        key = self.request.idempotency_key
        return f"{self.viewer.name}|{key}" if key else None

    async def _check_repeated(self, transaction: Transaction, mine: int) -> None:
        if self._idempotency is None:
            return
        for number, digest in await transaction.run(log.known_request(self._idempotency)):
            if number == mine:
                continue
            if digest != self.request.digest:
                raise Refusal(
                    Problem(
                        ProblemCode.KEY_REUSED,
                        "Another command was sent under this idempotency key.",
                        "idempotencyKey",
                        self.request.idempotency_key,
                        changes=(cast(int, number),),
                    )
                )
            raise _EndedError(CommandResult(cast(int, number), self.command.about(), repeated=True))

    async def _check_version(self, transaction: Transaction) -> None:
        expected, about = self.request.expected_version, self.command.about()
        if expected is None or about is None:
            return
        # What the viewer may not see was not what they decided on, and is not told of here.
        level = self.runner.ontology.roles.index(self.viewer.role)
        rows = await transaction.run(log.latest_change(about.kind, about.key, level))
        latest = cast(int, rows[0][0]) if rows else 0
        if latest > expected:
            raise Refusal(
                Problem(
                    ProblemCode.STALE,
                    f"The {about} was changed since version {expected}: by change {latest}.",
                    "expectedVersion",
                    str(expected),
                    remedy="Read it again, and decide on what it says now.",
                    changes=(latest,),
                )
            )


def _problem(violation: Violation) -> Problem:
    code = ProblemCode.NOT_FOUND if violation.missing else ProblemCode.NOT_ALLOWED
    text = f"{violation.reason[:1].upper()}{violation.reason[1:]}."
    return Problem(code, text, violation.property or None, violation.value or None)
