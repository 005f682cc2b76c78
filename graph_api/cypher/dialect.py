"""Every difference between the engines, as data; no other module asks which engine it talks to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

_DEADLOCK: Final = "Neo.TransientError.Transaction.DeadlockDetected"
_LOCK_LOST: Final = "Neo.TransientError.Transaction.LockClientStopped"
_OUTDATED: Final = "Neo.TransientError.Transaction.Outdated"
_CONSTRAINT: Final = "Neo.ClientError.Schema.ConstraintValidationFailed"


class Engine(StrEnum):
    """The engines that the statements are written for."""

    NEO4J = "neo4j"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a statement or a caller has to know of an engine.

    ``largest_limit`` bounds every SKIP and LIMIT. ``lost_write_codes`` are the database's codes of a
    write that lost a race and may win when tried again. ``one_writer`` says that writes of this
    process must not overlap. ``await_indexes`` is the statement that waits until new indexes
    answer (parameter ``seconds``), or nothing where indexes are built before their statement ends.
    ``locks_nodes`` says that who has written a node in an open transaction keeps other writers of it
    waiting; without it they go on, and the later commit fails. ``counts_hits`` says whether PROFILE
    tells how often a statement touched the stored data.
    """

    engine: Engine
    largest_limit: int
    lost_write_codes: frozenset[str]
    one_writer: bool
    await_indexes: str | None
    locks_nodes: bool
    counts_hits: bool


NEO4J: Final = Dialect(
    engine=Engine.NEO4J,
    largest_limit=2**63 - 1,
    lost_write_codes=frozenset({_DEADLOCK, _LOCK_LOST, _OUTDATED}),
    one_writer=False,
    await_indexes="CALL db.awaitIndexes($seconds)",
    locks_nodes=True,
    counts_hits=True,
)

EMBEDDED: Final = Dialect(
    engine=Engine.EMBEDDED,
    # The engine reads both as 32-bit numbers and wraps larger ones around.
    largest_limit=2**31 - 1,
    # Two transactions that MERGE one new key end in either error for the loser.
    lost_write_codes=frozenset({_DEADLOCK, _CONSTRAINT}),
    # Of 20 transactions on one node it lets 2 or 3 through and fails the others at once.
    one_writer=True,
    await_indexes=None,
    locks_nodes=False,
    counts_hits=False,
)

DIALECTS: Final[Mapping[Engine, Dialect]] = MappingProxyType(
    {dialect.engine: dialect for dialect in (NEO4J, EMBEDDED)}
)
