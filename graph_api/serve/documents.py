"""Parsed and validated documents by their text; bounded, so that strangers cannot fill the memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, parse, validate
from strawberry.extensions import SchemaExtension

Kept = TypeVar("Kept")
MAX_DOCUMENTS = 1000
MAX_TEXT = 100_000
"""Longer documents are parsed each time: a cache of them would be larger than what it saves."""


@dataclass(slots=True)
class DocumentCache:
    """Documents and the errors that validation found in them. Rules do not vary between requests."""

    documents: OrderedDict[str, DocumentNode] = field(default_factory=OrderedDict)
    errors: OrderedDict[str, list[GraphQLError]] = field(default_factory=OrderedDict)

    def operation(self, text: str, name: str | None) -> OperationDefinitionNode | None:
        """The operation of a document that was found valid before; nothing when it is not sure which."""
        document = self.documents.get(text)
        if document is None or self.errors.get(text) != []:
            return None
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        if name is None:
            return operations[0] if len(operations) == 1 else None
        return next((each for each in operations if each.name and each.name.value == name), None)

    def extension(self) -> SchemaExtension:
        """The hooks of one operation."""
        return _CachedDocuments(self)


class _CachedDocuments(SchemaExtension):
    def __init__(self, cache: DocumentCache) -> None:
        super().__init__()
        self._cache = cache

    def on_parse(self) -> Iterator[None]:
        """Take the document from the cache; a syntax error passes to the caller and is not kept."""
        text = self.execution_context.query or ""
        if len(text) <= MAX_TEXT:
            document = self._cache.documents.get(text)
            if document is None:
                document = parse(text, **self.execution_context.parse_options)
                _keep(self._cache.documents, text, document)
            self.execution_context.graphql_document = document
        yield

    def on_validate(self) -> Iterator[None]:
        """Take the validation errors from the cache, when the document came from it."""
        context = self.execution_context
        text = context.query or ""
        document = context.graphql_document
        if document is not None and document is self._cache.documents.get(text):
            errors = self._cache.errors.get(text)
            if errors is None:
                errors = validate(context.schema._schema, document, context.validation_rules)
                _keep(self._cache.errors, text, errors)
            context.pre_execution_errors = list(errors)
        yield


def _keep(cache: OrderedDict[str, Kept], text: str, value: Kept) -> None:
    cache[text] = value
    while len(cache) > MAX_DOCUMENTS:
        cache.popitem(last=False)
