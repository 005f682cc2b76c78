"""What is known about operations, by their identity, for as long as they live."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import ReferenceType, ref

from graphql import OperationDefinitionNode

Known = TypeVar("Known")


class ByOperation(Generic[Known]):
    """A value for each operation; beyond ``most`` of them the one that was used longest ago is forgotten.

    Operations are not held: a document that nobody else keeps takes what is known about it along.
    """

    def __init__(self, most: Callable[[], int]) -> None:
        self._most = most
        self._entries: OrderedDict[int, tuple[ReferenceType[OperationDefinitionNode], Known]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, operation: OperationDefinitionNode) -> Known | None:
        """What is known about an operation."""
        found = self._entries.get(id(operation))
        if found is None or found[0]() is not operation:
            return None
        self._entries.move_to_end(id(operation))
        return found[1]

    def keep(self, operation: OperationDefinitionNode, known: Known) -> Known:
        """Keep what is known about an operation, and give it back."""
        number = id(operation)
        # It is called before the number can be given to another operation.
        living = ref(operation, lambda _: self._entries.pop(number, None))
        self._entries[number] = (living, known)
        while len(self._entries) > self._most():
            self._entries.popitem(last=False)
        return known
