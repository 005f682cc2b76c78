"""The driver's errors in this program's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j.exceptions import (
    AuthError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_api.cypher.dialect import Dialect
from graph_api.engine.connection import ConnectionSettings
from graph_api.errors import (
    DatabaseConflictError,
    DatabaseError,
    DatabaseLoginRefusedError,
    DatabaseTimeoutError,
    DatabaseUnreachableError,
)

_TIMED_OUT: Final = "Neo.ClientError.Transaction.TransactionTimedOut"
_TOO_MANY_LOGINS: Final = "Neo.ClientError.Security.AuthenticationRateLimit"
_BROKEN_BY_DATA: Final = "Neo.DatabaseError.Schema.ConstraintCreationFailed"
_NO_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"
_NO_MEMORY: Final = ("MemoryPoolOutOfMemoryError", "OutOfMemoryError", "MaximumTransactionLimitReached")


@contextmanager
def translated(settings: ConnectionSettings, dialect: Dialect) -> Iterator[None]:
    """Raise every error of the driver as one of ``graph_api.errors``, the driver's own as its cause."""
    try:
        yield
    except Neo4jError as error:
        raise _answered(error, settings, dialect) from error
    except DriverError as error:
        raise _not_answered(error, settings) from error


def timed_out(settings: ConnectionSettings, seconds: float) -> DatabaseTimeoutError:
    """The error of a statement that got no answer within our own limit."""
    return DatabaseTimeoutError(
        f"The database gave no answer within {seconds:g} seconds.",
        remedy="Ask for less, or raise the limit.",
        address=settings.uri,
        seconds=seconds,
    )


def _answered(error: Neo4jError, settings: ConnectionSettings, dialect: Dialect) -> DatabaseError:
    code = error.code or "unknown"
    if isinstance(error, AuthError) or code == _TOO_MANY_LOGINS:
        return DatabaseLoginRefusedError(
            f"The database at {settings.uri} refused the login of user {settings.user!r}.",
            remedy="Check the user name and the password.",
            address=settings.uri,
            database_code=code,
        )
    if isinstance(error, ConstraintError) or code in {_BROKEN_BY_DATA, *dialect.lost_write_codes}:
        return DatabaseConflictError(
            f"The write met another one, or a key that already exists: {error.message}",
            address=settings.uri,
            database_code=code,
        )
    if code.startswith(_TIMED_OUT):
        return DatabaseTimeoutError(
            "The database stopped a statement that took too long.",
            remedy="Ask for less, or raise the limit.",
            address=settings.uri,
            database_code=code,
        )
    return _failed(error, code, settings)


def _failed(error: Neo4jError, code: str, settings: ConnectionSettings) -> DatabaseError:
    message, remedy = f"The database could not run a statement: {error.message}", ""
    if code == _NO_DATABASE:
        message = f"The server at {settings.uri} has no database {settings.database!r}."
        remedy = "Name an existing one at the end of the address, or none."
    elif code.endswith(_NO_MEMORY):
        message = "The database has not enough memory for a statement."
        remedy = "Ask for less, or give the database more memory."
    return DatabaseError(message, remedy=remedy, address=settings.uri, database_code=code)


def _not_answered(error: DriverError, settings: ConnectionSettings) -> DatabaseError:
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return DatabaseTimeoutError(
            f"No connection to the database became free within {settings.acquisition_seconds:g} seconds.",
            remedy="Try again, or allow more connections.",
            address=settings.uri,
            seconds=settings.acquisition_seconds,
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return DatabaseUnreachableError(
            f"Nothing answers as a database at {settings.uri}.",
            remedy="Check the address, and that the database is running.",
            address=settings.uri,
        )
    return DatabaseError(f"The database driver failed: {type(error).__name__}: {error}", address=settings.uri)
