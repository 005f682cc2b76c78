"""Old keys and where they lead: when two nodes were found to be the same, the key of one redirects.

The few that there are fit into memory, so that following them costs the database nothing: keys are
replaced among the parameters of a statement, and its text stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from graph_api.values import Value

_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Redirects:
    """Where old keys lead, by kind. Every target is one that does not redirect itself."""

    targets: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NONE)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Redirects:
        """The redirects of ``Kind:OLD`` to ``NEW``, chains followed to their ends; circles lead nowhere."""
        direct: dict[str, dict[str, str]] = {}
        for old, target in pairs:
            kind, _, key = old.partition(":")
            direct.setdefault(kind, {})[key] = target
        ends = {kind: _ends(known) for kind, known in direct.items()}
        return cls({kind: known for kind, known in ends.items() if known})

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.targets)

    def key(self, kind: str, key: str) -> str:
        """The key that a node of this kind has now."""
        return self.targets.get(kind, {}).get(key, key)

    def follow(self, kind: str, value: Value) -> Value:
        """A key or a list of keys of this kind, as they are now."""
        if isinstance(value, list):
            return [self.follow(kind, each) for each in value]
        return self.key(kind, value) if isinstance(value, str) else value

    def moved(self, kinds: Iterable[str], value: Value) -> tuple[str, ...]:
        """Those of the kinds in which a key, or one of a list of keys, is an old one."""
        if not self.targets:
            return ()
        keys = value if isinstance(value, list) else [value]
        return tuple(kind for kind in kinds if any(key in self.targets.get(kind, {}) for key in keys))

    def candidates(self, kinds: Sequence[str], key: str) -> list[str]:
        """What a key can mean now for a node that is of one of these kinds."""
        return list(dict.fromkeys(self.key(kind, key) for kind in kinds))


NO_REDIRECTS = Redirects()


def _ends(direct: Mapping[str, str]) -> dict[str, str]:
    """The end of each chain."""
    found = {}
    for old in direct:
        passed, key = {old}, direct[old]
        while key in direct and key not in passed:
            passed.add(key)
            key = direct[key]
        if key not in passed:
            found[old] = key
    return found
