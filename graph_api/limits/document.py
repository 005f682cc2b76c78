"""The size of a document, counted as it would be executed: with its fragments put in their places.

Counting visits each fragment once, however often it is spread, so that a short document that stands
for a huge one is as cheap to refuse as any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph_api.errors import LimitExceededError
from graph_api.settings import Settings


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """The most that an operation may have.

    ``tokens`` are lexical; ``depth`` counts nested fields; ``aliases``, ``directives`` and
    ``root_fields`` count in the whole operation; ``repeats`` is how often one selection set may ask
    for the same field under the same name.
    """

    tokens: int = 10_000
    depth: int = 16
    aliases: int = 30
    directives: int = 30
    root_fields: int = 10
    repeats: int = 10

    @classmethod
    def of(cls, settings: Settings) -> DocumentLimits:
        """The limits that the settings name."""
        return cls(
            settings.max_tokens,
            settings.max_depth,
            settings.max_aliases,
            settings.max_directives,
            settings.max_root_fields,
            settings.max_repeats,
        )


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection set has, its fragments included. ``fields`` are those at its top."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    repeats: int = 0

    def beside(self, other: Size) -> Size:
        """Both in one selection set."""
        return Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            max(self.repeats, other.repeats),
        )


def exceeded_limits(document: DocumentNode, limits: DocumentLimits) -> list[LimitExceededError]:
    """An error for each limit that an operation of the document exceeds."""
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    counter = _Counter(fragments)
    return [
        error
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
        for error in _exceeded(counter.operation(each), limits)
    ]


def _exceeded(size: Size, limits: DocumentLimits) -> Iterator[LimitExceededError]:
    for value, limit, name, text in (
        (size.depth, limits.depth, "depth", "nests {} fields"),
        (size.aliases, limits.aliases, "aliases", "has {} aliases"),
        (size.directives, limits.directives, "directives", "has {} directives"),
        (size.fields, limits.root_fields, "root_fields", "has {} root fields"),
        (size.repeats, limits.repeats, "repeats", "asks {} times for one field in one selection set"),
    ):
        if value > limit:
            yield exceeded(name, value, limit, f"The operation {text.format(f'{value:,}')}")


def exceeded(name: str, value: int, limit: int, fact: str) -> LimitExceededError:
    """The error for a limit; ``fact`` says what exceeds it."""
    return LimitExceededError(
        f"{fact}; at most {limit:,} {'is' if limit == 1 else 'are'} allowed.",
        limit_name=name,
        value=value,
        limit=limit,
    )


@dataclass(slots=True)
class _Counter:
    fragments: Mapping[str, FragmentDefinitionNode]
    counted: dict[str, Size] = field(default_factory=dict)

    def operation(self, operation: OperationDefinitionNode) -> Size:
        """The size of an operation; the directives of its variables and its own count too."""
        own = len(operation.directives or ())
        own += sum(len(each.directives or ()) for each in operation.variable_definitions or ())
        return self._set(operation.selection_set).beside(Size(directives=own))

    def _set(self, selections: SelectionSetNode | None) -> Size:
        size = Size()
        names: Counter[str] = Counter()
        for each in selections.selections if selections else ():
            size = size.beside(Size(directives=len(each.directives or ())))
            if isinstance(each, FieldNode):
                names[(each.alias or each.name).value] += 1
                below = self._set(each.selection_set)
                aliases = below.aliases + (each.alias is not None)
                size = size.beside(Size(below.depth + 1, aliases, below.directives, 1, below.repeats))
            elif isinstance(each, InlineFragmentNode):
                size = size.beside(self._set(each.selection_set))
            elif isinstance(each, FragmentSpreadNode):
                size = size.beside(self._fragment(each.name.value))
        return size.beside(Size(repeats=max(names.values(), default=0)))

    def _fragment(self, name: str) -> Size:
        known = self.counted.get(name)
        if known is not None:
            return known
        # Until it is counted, a fragment inside itself counts nothing; validation refuses it anyway.
        self.counted[name] = Size()
        definition = self.fragments.get(name)
        if definition is not None:
            own = Size(directives=len(definition.directives or ()))
            self.counted[name] = self._set(definition.selection_set).beside(own)
        return self.counted[name]
