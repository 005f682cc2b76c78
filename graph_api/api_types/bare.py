"""A schema's text without its descriptions: what clients depend on, and no more."""

from __future__ import annotations

from dataclasses import replace

from graphql import (
    DirectiveDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    Node,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

_DESCRIBED = (
    SchemaDefinitionNode
    | DirectiveDefinitionNode
    | TypeDefinitionNode
    | FieldDefinitionNode
    | InputValueDefinitionNode
    | EnumValueDefinitionNode
)


def without_descriptions(sdl: str) -> str:
    """The same definitions in the same order, without descriptions; ends with a newline."""
    return print_ast(visit(parse(sdl, no_location=True), _Bare())) + "\n"


class _Bare(Visitor):
    def leave(self, node: Node, *_place: object) -> Node | None:
        """The node without its description; ``None`` leaves it as it is."""
        if isinstance(node, _DESCRIBED) and node.description is not None:
            return replace(node, description=None)
        return None
