"""Parsed and validated documents by their text; bounded, so that strangers cannot fill the memory."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    validate,
)
from graphql.validation import NoSchemaIntrospectionCustomRule
from strawberry.extensions import SchemaExtension

from graph_api.errors import ErrorCode, ForbiddenError, GraphError, LimitExceededError
from graph_api.limits.document import DocumentLimits, exceeded, exceeded_limits

MAX_DOCUMENTS = 1000
MAX_CHARACTERS = 500_000
"""Of all kept documents together. A character can take 300 bytes when it is parsed."""
MAX_TEXT = 50_000
"""Longer documents are parsed each time: a cache of them would be larger than what it saves."""
INTROSPECTION = "introspection"
"""The key of the operation's context that says whether the schema may be read; it may without it."""
_MAX_ERRORS = 20
_INTROSPECTION = re.compile(r"\b__(schema|type)\b")
_TOO_DEEP = "nested too deeply. Parsing aborted."
_TOO_MANY_DIGITS = "digits) for integer string conversion"
_TOO_MANY_TOKENS = "tokens. Parsing aborted."


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A parsed document, what is wrong with it, and whether it reads the schema."""

    document: DocumentNode
    errors: tuple[GraphQLError, ...]
    introspects: bool


@dataclass(slots=True)
class DocumentCache:
    """Documents by text, ``size`` characters in all. ``limits`` are a server's; without, all are taken."""

    limits: DocumentLimits | None = None
    known: OrderedDict[str, KnownDocument] = field(default_factory=OrderedDict)
    size: int = 0
    hits: int = 0
    misses: int = 0

    def operation(self, text: str, name: str | None) -> OperationDefinitionNode | None:
        """The operation of a document that was found valid before; nothing when it is not sure which."""
        found = self.known.get(text)
        if found is None or found.errors or found.introspects:
            return None
        operations = [
            each for each in found.document.definitions if isinstance(each, OperationDefinitionNode)
        ]
        if name is None:
            return operations[0] if len(operations) == 1 else None
        return next((each for each in operations if each.name and each.name.value == name), None)

    def kind(self, text: str, name: str | None) -> str:
        """The type of a known operation, as traces name it; a query where nothing is known."""
        found = self.operation(text, name)
        return found.operation.value if found is not None else OperationType.QUERY.value

    def reads(self, text: str, name: str | None) -> bool:
        """Whether this is known to be a valid query that asks for data only."""
        found = self.operation(text, name)
        return found is not None and found.operation is OperationType.QUERY

    def get(self, text: str, schema: GraphQLSchema) -> KnownDocument:
        """The document of a text.

        Raises ``GraphQLSyntaxError``, and ``LimitExceededError`` for a document that is too large or
        nested too deeply to be parsed.
        """
        found = self.known.get(text)
        if found is not None:
            self.hits += 1
            self.known.move_to_end(text)
            return found
        self.misses += 1
        try:
            found = self._read(text, schema)
        except RecursionError as problem:
            raise _too_deep() from problem
        if len(text) <= MAX_TEXT:
            self._keep(text, found)
        return found

    def _keep(self, text: str, found: KnownDocument) -> None:
        self.known[text] = found
        self.size += len(text)
        while len(self.known) > MAX_DOCUMENTS or self.size > MAX_CHARACTERS:
            forgotten, _ = self.known.popitem(last=False)
            self.size -= len(forgotten)

    def extension(self) -> SchemaExtension:
        """The hooks of one operation."""
        return _CachedDocuments(self)

    def _read(self, text: str, schema: GraphQLSchema) -> KnownDocument:
        document = self._parse(text)
        too_large = exceeded_limits(document, self.limits) if self.limits else []
        errors = [_as_graphql(each) for each in too_large] or [
            _coded(_without_digits(each), ErrorCode.GRAPHQL_VALIDATION_FAILED)
            for each in validate(schema, document, max_errors=_MAX_ERRORS)
        ]
        introspects = _INTROSPECTION.search(text) is not None and bool(
            validate(schema, document, [NoSchemaIntrospectionCustomRule])
        )
        return KnownDocument(document, tuple(errors), introspects)

    def _parse(self, text: str) -> DocumentNode:
        most = self.limits.tokens if self.limits else None
        try:
            return _loosened(parse(text, max_tokens=most))
        except GraphQLSyntaxError as problem:
            if most is not None and problem.message.endswith(_TOO_MANY_TOKENS):
                fact = f"The document has more than {most:,} tokens"
                raise exceeded("tokens", most + 1, most, fact) from problem
            if problem.message.endswith(_TOO_DEEP):
                raise _too_deep() from problem
            raise _coded(problem, ErrorCode.GRAPHQL_PARSE_FAILED) from None


class _CachedDocuments(SchemaExtension):
    def __init__(self, cache: DocumentCache) -> None:
        super().__init__()
        self._cache = cache
        self._found: KnownDocument | None = None
        self._refused: GraphQLError | None = None

    def on_parse(self) -> Iterator[None]:
        """Take the document from the cache.

        One that cannot be read is refused at the validation, the first place where that is an error of
        the request on every transport; until then a document that asks nothing stands for it.
        """
        context = self.execution_context
        try:
            self._found = self._cache.get(context.query or "", context.schema._schema)
        except GraphQLError as error:
            self._refused = error
        except GraphError as error:
            self._refused = _as_graphql(error)
        context.graphql_document = self._found.document if self._found else _nothing(context.operation_name)
        yield

    def on_validate(self) -> Iterator[None]:
        """Take the validation's errors from the cache, and refuse introspection to who may not."""
        context = self.execution_context
        context.pre_execution_errors = [self._refused] if self._refused else self._errors()
        yield

    def _errors(self) -> list[GraphQLError]:
        found = self._found
        if found is None:
            return []
        given = cast("Mapping[str, object]", self.execution_context.context or {})
        if not found.errors and found.introspects and not given.get(INTROSPECTION, True):
            return [_as_graphql(ForbiddenError("The schema cannot be read from this server by your role."))]
        return [_fresh(each) for each in found.errors]


def _loosened(document: DocumentNode) -> DocumentNode:
    """The document with its tokens taken apart, so that it is freed as soon as nobody holds it.

    They point to each other in both directions. Once they are old, Python looks for such circles so rarely
    that strangers could fill the memory with documents which were long forgotten.
    """
    token = document.loc.start_token if document.loc else None
    while token is not None:
        following, token.prev, token.next = token.next, None, None
        token = following
    return document


def _nothing(name: str | None) -> DocumentNode:
    """A query with this name that asks nothing."""
    selections = SelectionSetNode(selections=())
    name_node = NameNode(value=name) if name else None
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY, name=name_node, selection_set=selections
    )
    return DocumentNode(definitions=(operation,))


def _too_deep() -> LimitExceededError:
    return LimitExceededError("The document is nested too deeply to be read.", limit_name="depth")


def _as_graphql(error: GraphError) -> GraphQLError:
    return GraphQLError(error.message, original_error=error)


def _fresh(error: GraphQLError) -> GraphQLError:
    """A copy: what a request does to its errors must not reach the next one."""
    return GraphQLError(
        error.message,
        error.nodes,
        error.source,
        error.positions,
        original_error=error.original_error,
        extensions=dict(error.extensions or {}),
    )


def _without_digits(error: GraphQLError) -> GraphQLError:
    """The error, in other words when a number has more digits than Python reads."""
    cause = error.original_error
    if isinstance(cause, ValueError) and _TOO_MANY_DIGITS in str(cause):
        return GraphQLError("A number has too many digits.", error.nodes)
    return error


def _coded(error: GraphQLError, code: ErrorCode) -> GraphQLError:
    # A value that its scalar refused brings a code that says more.
    error.extensions = {"code": str(code), **(error.extensions or {})}
    return error
