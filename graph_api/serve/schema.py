"""The Strawberry schema with errors as this API reports them: placed, and logged only when unexpected."""

from __future__ import annotations

import logging

import strawberry
from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLError,
    Node,
    ObjectFieldNode,
    VariableDefinitionNode,
    Visitor,
    visit,
)
from strawberry.types import ExecutionContext

from graph_api.errors import GraphError, InternalError

_LOG = logging.getLogger(__name__)


class PlannedSchema(strawberry.Schema):
    """Says which argument a refused value stands in, and keeps expected errors out of the log."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Place errors of values, and log what nobody expected."""
        document = execution_context.graphql_document if execution_context else None
        for error in errors:
            original = _cause(error)
            if isinstance(original, InternalError) or (original and not isinstance(original, GraphError)):
                _LOG.error("An operation failed unexpectedly: %s", error, exc_info=original)
            elif isinstance(original, GraphError) and error.extensions is not None and error.nodes:
                place = _argument(document, error.nodes[0])
                if place and "argument" not in error.extensions:
                    error.extensions["argument"] = place


def _cause(error: GraphQLError) -> Exception | None:
    """What an error was raised from; a refused value of a variable is wrapped twice."""
    original = error.original_error
    return _cause(original) if isinstance(original, GraphQLError) else original


def _argument(document: DocumentNode | None, node: Node) -> str:
    """The argument that a value stands in, as ``where.start.gte``; ``$name`` for a variable."""
    if isinstance(node, VariableDefinitionNode):
        return f"${node.variable.name.value}"
    if document is None:
        return ""
    finder = _Finder(node)
    visit(document, finder)
    return ".".join(finder.place)


class _Finder(Visitor):
    """Finds the names of the arguments and input fields around a node."""

    def __init__(self, sought: Node) -> None:
        super().__init__()
        self._sought = sought
        self.place: list[str] = []

    def enter(
        self,
        node: Node,
        _key: object,
        parent: Node | list[Node] | None,
        _path: object,
        ancestors: list[Node | list[Node]],
    ) -> object:
        if node is not self._sought:
            return None
        self.place = [
            found.name.value
            for found in (*ancestors, parent)
            if isinstance(found, ArgumentNode | ObjectFieldNode)
        ]
        return self.BREAK
