"""The Strawberry schema with errors as this API reports them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

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

from graph_api.errors import GraphError
from graph_api.serve.execution.shown_errors import cause_of, make_showable

SUGGESTIONS = "suggestions"
"""The key of the operation's context that says whether errors may hint at names; they may without it."""


class PlannedSchema(strawberry.Schema):
    """Says which argument a refused value stands in, and keeps expected errors out of the log."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Make errors fit to be shown, and place those of values."""
        document = execution_context.graphql_document if execution_context else None
        context = cast("Mapping[str, object]", (execution_context and execution_context.context) or {})
        suggestions = bool(context.get(SUGGESTIONS, True))
        for error in errors:
            make_showable(error, suggestions=suggestions)
            if isinstance(cause_of(error), GraphError) and error.extensions is not None and error.nodes:
                place = _argument(document, error.nodes[0])
                if place and "argument" not in error.extensions:
                    error.extensions["argument"] = place


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
