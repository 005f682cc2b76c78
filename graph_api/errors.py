"""Every error this program raises on purpose: one hierarchy, one catalogue of stable codes.

An error names what is wrong (message), where (place) and what helps (remedy). Commands print it in
one line and leave with its exit code; GraphQL carries the code and the place in ``extensions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeAlias

from graph_api.error_codes import ErrorCode as ErrorCode

Scalar: TypeAlias = str | int | float | bool | None
Place: TypeAlias = Mapping[str, Scalar]


class GraphError(Exception):
    """Root of the hierarchy. ``place`` holds plain values only, so that it can be printed anywhere."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "", **place: Scalar) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.place: Place = place

    def one_line(self) -> str:
        """The error as a command prints it: code, message and remedy, never a traceback."""
        text = f"{self.code}: {self.message}"
        return f"{text} {self.remedy}" if self.remedy else text

    @property
    def extensions(self) -> dict[str, Scalar]:
        """The error as GraphQL clients read it, beside the message."""
        remedy: dict[str, Scalar] = {"remedy": self.remedy} if self.remedy else {}
        return {"code": str(self.code), **self.place, **remedy}


class InternalError(GraphError):
    """Something failed that nobody expected; the log tells what, under the id in the message."""


class InvalidOntologyError(GraphError):
    """The declarations contradict each other; the message lists every clash at once."""

    code = ErrorCode.INVALID_ONTOLOGY
    exit_code = 70


class InvalidSettingError(GraphError):
    """A setting or a command-line option has a value that cannot be used."""

    code = ErrorCode.INVALID_SETTING
    exit_code = 64


class InvalidArgumentError(GraphError):
    """An argument of a question or a field has a value outside its rules."""

    code = ErrorCode.INVALID_ARGUMENT
    exit_code = 64


class InvalidDateError(InvalidArgumentError):
    """A date that is no day, month or year of the calendar."""

    code = ErrorCode.INVALID_DATE


class InvalidCursorError(InvalidArgumentError):
    """A cursor that is damaged or was made for another list or another order."""

    code = ErrorCode.INVALID_CURSOR


class InvalidIdError(InvalidArgumentError):
    """A global id that no node of this graph can have."""

    code = ErrorCode.INVALID_ID


class InvalidPageError(InvalidArgumentError):
    """A page that is negative, too large, or asked for from both ends."""

    code = ErrorCode.INVALID_PAGE


class UnknownKeyError(InvalidArgumentError):
    """A key that nothing has: in ``within``, of the hierarchy; elsewhere, of what is compared or walked."""

    code = ErrorCode.UNKNOWN_KEY


class AmbiguousKeyError(InvalidArgumentError):
    """A key that several kinds share, asked for without naming the kind."""

    code = ErrorCode.AMBIGUOUS_KEY


class ForbiddenError(InvalidArgumentError):
    """A filter or an order by something that the viewer may not see."""

    code = ErrorCode.FORBIDDEN
    exit_code = 77


class LimitExceededError(InvalidArgumentError):
    """A request larger than a configured limit; names the limit and the value."""

    code = ErrorCode.LIMIT_EXCEEDED


class UnauthenticatedError(GraphError):
    """Credentials that prove nothing: unknown, revoked, expired, or made for somebody else."""

    code = ErrorCode.UNAUTHENTICATED
    exit_code = 77


class IdentityProviderUnreachableError(GraphError):
    """The issuer of tokens does not give the keys that they are checked with: not the client's fault."""

    code = ErrorCode.IDENTITY_PROVIDER_UNREACHABLE
    exit_code = 69


class RateLimitedError(GraphError):
    """More requests of one client than a configured rate; ``retry_after`` is in seconds."""

    code = ErrorCode.RATE_LIMITED
    exit_code = 75


class ServerBusyError(GraphError):
    """More requests at once than the server takes; ``retry_after`` is in seconds."""

    code = ErrorCode.SERVER_BUSY
    exit_code = 75


class RequestTimeoutError(GraphError):
    """A request that took longer than it may; what it had begun was given up."""

    code = ErrorCode.REQUEST_TIMEOUT
    exit_code = 75


class ComputationTimeoutError(GraphError):
    """A computation over the whole graph that took longer than it may; it was ended."""

    code = ErrorCode.COMPUTATION_TIMEOUT
    exit_code = 75


class MalformedRequestError(GraphError):
    """A request that is no GraphQL over HTTP: its body, its parameters or their types are wrong."""

    code = ErrorCode.MALFORMED_REQUEST
    exit_code = 64


class OperationNotAllowedError(GraphError):
    """An operation of a type that this way of asking does not answer, as a mutation by GET."""

    code = ErrorCode.OPERATION_NOT_ALLOWED
    exit_code = 64


class MethodNotAllowedError(MalformedRequestError):
    """A method of HTTP that this address does not answer; ``allow`` names those that it does."""

    code = ErrorCode.METHOD_NOT_ALLOWED


class NotAcceptableError(MalformedRequestError):
    """A request that accepts no form in which this server answers."""

    code = ErrorCode.NOT_ACCEPTABLE


class UnsupportedMediaTypeError(MalformedRequestError):
    """A body in a form that this server does not read."""

    code = ErrorCode.UNSUPPORTED_MEDIA_TYPE


class NotReadyError(GraphError):
    """The server is still loading; ``retry_after`` is in seconds."""

    code = ErrorCode.NOT_READY
    exit_code = 75


class UnknownDocumentError(GraphError):
    """No stored or registered document has this hash or name."""

    code = ErrorCode.UNKNOWN_DOCUMENT
    exit_code = 64


class UntrustedDocumentError(GraphError):
    """A document that is not registered, on a server that answers registered ones only."""

    code = ErrorCode.UNTRUSTED_DOCUMENT
    exit_code = 77


class UnknownQuestionError(GraphError):
    """No stored question has this name."""

    code = ErrorCode.UNKNOWN_QUESTION
    exit_code = 64


class UnknownAddressError(GraphError):
    """Nothing is answered at an address of HTTP, or not by this method."""

    code = ErrorCode.UNKNOWN_ADDRESS
    exit_code = 64


class RejectedFileError(GraphError):
    """A file with a broken row; nothing of the file was loaded."""

    code = ErrorCode.REJECTED_FILE
    exit_code = 65


class UnreadableFileError(GraphError):
    """A file that is not what it seems to be: damaged, in another encoding, or with headings twice."""

    code = ErrorCode.UNREADABLE_FILE
    exit_code = 65


class UnknownImportError(GraphError):
    """No import has this identifier, or it is somebody else's."""

    code = ErrorCode.UNKNOWN_IMPORT
    exit_code = 64


class ImportNotReadyError(GraphError):
    """An import that cannot be stored in its state: still checked, stored already, or without a good row."""

    code = ErrorCode.IMPORT_NOT_READY
    exit_code = 75


class PortInUseError(GraphError):
    """Another program listens on the port."""

    code = ErrorCode.PORT_IN_USE
    exit_code = 69


class DataDirectoryInUseError(GraphError):
    """Another process serves the data directory."""

    code = ErrorCode.DATA_DIRECTORY_IN_USE
    exit_code = 75


class DataDirectoryUnusableError(GraphError):
    """The data directory cannot be written: missing rights, a file in its place, a full disk."""

    code = ErrorCode.DATA_DIRECTORY_UNUSABLE
    exit_code = 73


class DatabaseError(GraphError):
    """The database answered with an error that is not the caller's fault."""

    code = ErrorCode.DATABASE_FAILED
    exit_code = 70


class DatabaseUnreachableError(DatabaseError):
    """Nothing answers at the database's address."""

    code = ErrorCode.DATABASE_UNREACHABLE
    exit_code = 69


class DatabaseLoginRefusedError(DatabaseError):
    """The database refused the user name or the password."""

    code = ErrorCode.DATABASE_LOGIN_REFUSED
    exit_code = 77


class DatabaseTimeoutError(DatabaseError):
    """A statement or the wait for a connection took longer than its limit."""

    code = ErrorCode.DATABASE_TIMEOUT
    exit_code = 75


class DatabaseConflictError(DatabaseError):
    """A write lost against another write of the same keys, and retrying did not help."""

    code = ErrorCode.DATABASE_CONFLICT
    exit_code = 75


class EngineStoppedError(DatabaseError):
    """The embedded engine ended and could not be started again."""

    code = ErrorCode.ENGINE_STOPPED
    exit_code = 70


class MissingToolError(GraphError):
    """A program that this task needs (Java, Maven, Node, a browser) is not on this machine."""

    code = ErrorCode.MISSING_TOOL
    exit_code = 69


class StaleFileError(GraphError):
    """A generated file does not hold what the code would write now."""

    code = ErrorCode.STALE_FILE
    exit_code = 1


class UnusableDumpError(GraphError):
    """A file that is no whole, unaltered dump which this program can load; nothing of it was loaded."""

    code = ErrorCode.UNUSABLE_DUMP
    exit_code = 65


class UndumpableGraphError(GraphError):
    """The graph holds something that a dump could not give back as it is; no dump was written."""

    code = ErrorCode.UNDUMPABLE_GRAPH
    exit_code = 70


class DatabaseNotEmptyError(GraphError):
    """A dump is loaded into an empty database, and this one is not."""

    code = ErrorCode.DATABASE_NOT_EMPTY
    exit_code = 73


class UnfinishedLoadError(GraphError):
    """The load of a dump was ended before it was done: what is in the database is a part of a graph."""

    code = ErrorCode.UNFINISHED_LOAD
    exit_code = 75
