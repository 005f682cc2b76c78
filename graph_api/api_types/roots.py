"""The root fields: every kind by key and as a list, and Relay's lookups by global id."""

from __future__ import annotations

from graph_api.api_types.names import connection_name
from graph_api.api_types.objects import AS_OF, page_arguments
from graph_api.api_types.specs import ArgumentSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.ontology.model import NodeType, Ontology


def query_type(ontology: Ontology) -> TypeSpec:
    """The query type."""
    fields = [*_relay_fields(), _entity_field(ontology)]
    for kind in ontology.kinds():
        fields += [_singular(kind), _plural(kind)]
    return TypeSpec("Query", TypeForm.OBJECT, f"Questions to the {ontology.title}.", tuple(fields))


def _relay_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "node",
            "Node",
            "Whatever has this global id, or nothing.",
            # The id alone: Relay's compiler refuses @refetchable where this field takes anything else.
            (ArgumentSpec("id", "ID!", "A global id."),),
        ),
        FieldSpec(
            "nodes",
            "[Node]!",
            "Whatever has these global ids, in their order, with nothing where there is nothing.",
            (ArgumentSpec("ids", "[ID!]!", "Global ids, at most 1,000."), AS_OF),
        ),
    )


def _entity_field(ontology: Ontology) -> FieldSpec:
    text = (
        "Whatever has this key, or nothing. A key that several kinds share is asked for with its kind "
        "in front, as `Kind:KEY`."
    )
    root = ontology.node(ontology.root)
    return FieldSpec(root.field, root.name, text, (ArgumentSpec("key", "String!", "A key."), AS_OF))


def _singular(kind: NodeType) -> FieldSpec:
    arguments = (ArgumentSpec("key", "String!", kind.key.description), AS_OF)
    return FieldSpec(kind.field, kind.name, f"By key, or nothing. {kind.description}", arguments)


def _plural(kind: NodeType) -> FieldSpec:
    arguments = (*page_arguments(kind), AS_OF)
    return FieldSpec(kind.plural, f"{connection_name(kind)}!", f"As a list. {kind.description}", arguments)
