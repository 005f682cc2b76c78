"""What the driver raises, in our words."""

from __future__ import annotations

import pytest
from neo4j.exceptions import ConfigurationError, Neo4jError, ServiceUnavailable, SessionExpired

from graph_api.cypher.dialect import EMBEDDED, NEO4J, Dialect
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.driver_errors import translated
from graph_api.errors import (
    DatabaseConflictError,
    DatabaseError,
    DatabaseLoginRefusedError,
    DatabaseTimeoutError,
    DatabaseUnreachableError,
)

SETTINGS = ConnectionSettings("bolt://db:7687", "ann", "hidden")


def raised(error: Exception, dialect: Dialect = NEO4J) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught, translated(SETTINGS, dialect):
        raise error
    assert caught.value.__cause__ is error
    return caught.value


def answered(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=f"Neo.{code}", message="told by the database")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ClientError.Security.Unauthorized", DatabaseLoginRefusedError),
        ("ClientError.Security.AuthenticationRateLimit", DatabaseLoginRefusedError),
        ("ClientError.Schema.ConstraintValidationFailed", DatabaseConflictError),
        ("DatabaseError.Schema.ConstraintCreationFailed", DatabaseConflictError),
        ("TransientError.Transaction.DeadlockDetected", DatabaseConflictError),
        ("ClientError.Transaction.TransactionTimedOut", DatabaseTimeoutError),
        ("ClientError.Transaction.TransactionTimedOutClientConfiguration", DatabaseTimeoutError),
        ("ClientError.Statement.SyntaxError", DatabaseError),
        ("ClientError.Database.DatabaseNotFound", DatabaseError),
        ("TransientError.General.MemoryPoolOutOfMemoryError", DatabaseError),
    ],
)
@pytest.mark.parametrize("dialect", [NEO4J, EMBEDDED], ids=lambda dialect: str(dialect.engine))
def test_answers_of_the_database(code: str, expected: type[DatabaseError], dialect: Dialect) -> None:
    error = raised(answered(code), dialect)

    assert type(error) is expected
    assert error.place["database_code"] == f"Neo.{code}"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ServiceUnavailable("gone"), DatabaseUnreachableError),
        (SessionExpired("gone"), DatabaseUnreachableError),
        (ConfigurationError("odd"), DatabaseError),
    ],
)
def test_no_answer(error: Exception, expected: type[DatabaseError]) -> None:
    assert type(raised(error)) is expected


def test_a_lack_of_memory_says_so_and_is_no_conflict() -> None:
    error = raised(answered("TransientError.General.OutOfMemoryError"))

    assert "not enough memory" in error.message
    assert error.place["database_code"] not in NEO4J.lost_write_codes | EMBEDDED.lost_write_codes


def test_errors_of_others_pass() -> None:
    with pytest.raises(KeyError), translated(SETTINGS, NEO4J):
        raise KeyError("mine")
