"""Which columns of an answer hold dates: the document says it, the texts in the answer do not."""

from __future__ import annotations

from typing import Final

from graphql import FieldNode, InlineFragmentNode, OperationDefinitionNode, SelectionSetNode, parse

from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType, NodeType, ScalarType

_DATES: Final = {ScalarType.DATE, ScalarType.PARTIAL_DATE}
_WRAPPERS: Final = {"node", "nodes", "edges"}


def date_columns(ontology: Ontology, document: str) -> set[str]:
    """The columns that hold dates, named as in ``answers``.

    A name is taken for a date where every property of that name is one; what fragments select under
    their own names stays text.
    """
    names = _date_fields(ontology)
    found: set[str] = set()
    for definition in parse(document).definitions:
        if isinstance(definition, OperationDefinitionNode):
            for root in definition.selection_set.selections:
                if isinstance(root, FieldNode) and root.selection_set is not None:
                    _collect(root.selection_set, "", names, found)
    return found


def _collect(selections: SelectionSetNode, prefix: str, names: set[str], found: set[str]) -> None:
    for each in selections.selections:
        if isinstance(each, InlineFragmentNode):
            _collect(each.selection_set, prefix, names, found)
        elif isinstance(each, FieldNode):
            key = each.alias.value if each.alias else each.name.value
            column = prefix if key in _WRAPPERS else f"{prefix}.{key}" if prefix else key
            if each.selection_set is not None:
                _collect(each.selection_set, column, names, found)
            elif each.name.value in names:
                found.add(column)


def _date_fields(ontology: Ontology) -> set[str]:
    dates: set[str] = set()
    others: set[str] = set()
    holders: list[NodeType | EdgeType] = [*ontology.nodes.values(), *ontology.edges.values()]
    for holder in holders:
        for each in holder.properties:
            (dates if each.type in _DATES else others).add(each.field)
    return dates - others
