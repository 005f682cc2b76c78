"""How an export reads: questions in GraphQL, asked as the viewer, of one version of the graph."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias, TypeVar, cast

from graph_api.changes.version import GraphVersion
from graph_api.errors import DatabaseConflictError, GraphError, InvalidArgumentError

Json: TypeAlias = Mapping[str, object]
_ATTEMPTS: Final = 3
_RETRY_SECONDS: Final = 5


class Reader(Protocol):
    """Whoever reads for a viewer: what their role may not see is in no answer."""

    @property
    def role(self) -> str:
        """The viewer's role."""
        ...

    async def ask(self, document: str, variables: Json) -> Json:
        """The data of an answer without errors; raises ``GraphError`` for the first error of any other."""
        ...

    async def ask_for_all(self, document: str, variables: Json) -> Json:
        """As ``ask``, for a question of our own: pages and costs may be larger than those of clients."""
        ...

    async def version(self) -> GraphVersion | None:
        """The version of the graph now; nothing where nothing was ever written."""
        ...


class Closeable(Protocol):
    """What holds something that has to be given back."""

    def close(self) -> None:
        """Give it back."""
        ...


Result = TypeVar("Result", bound=Closeable)


async def of_one_version(reader: Reader, read: Callable[[GraphVersion | None], Awaitable[Result]]) -> Result:
    """What ``read`` gives when the graph does not change meanwhile; it is read again when it does.

    Raises ``DatabaseConflictError`` when that happens each time.
    """
    before = await reader.version()
    for _ in range(_ATTEMPTS):
        found = await read(before)
        after = await reader.version()
        if _same(before, after):
            return found
        found.close()
        before = after
    raise DatabaseConflictError(
        f"The graph was written to during each of {_ATTEMPTS} attempts to read one version of it.",
        remedy="Try again when less is written, or export less.",
        retry_after=_RETRY_SECONDS,
    )


def _same(one: GraphVersion | None, other: GraphVersion | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.graph, one.number) == (other.graph, other.number)


def data_of(data: object, errors: Sequence[object]) -> Json:
    """The data of an answer; raises the first of its errors as what it was before it became JSON."""
    if errors:
        first = cast("dict[str, object]", errors[0])
        extensions = cast("dict[str, object]", first.get("extensions") or {})
        raise _error_with(extensions.get("code"))(
            str(first["message"]), remedy=str(extensions.get("remedy", "")), errors=len(errors)
        )
    return cast(Json, data)


def _error_with(code: object) -> type[GraphError]:
    """The error that the API answered with; one of GraphQL's own is about what was asked."""
    kinds = [GraphError]
    for kind in kinds:
        if kind.code == code:
            return kind
        kinds.extend(kind.__subclasses__())
    return InvalidArgumentError
