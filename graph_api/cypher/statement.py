"""The hand-over to an engine: a text and the values of its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_api.values import Value


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher text and its parameters. Values never stand in the text.

    ``plain`` says that its rows hold no days or times, so that no value has to be looked at for them.
    """

    text: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
    plain: bool = False
