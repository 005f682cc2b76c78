"""Keys of new things: given, or made of what they are, so that people can read them."""

from __future__ import annotations

import hashlib
import re

from graph_api.commands.draft import Draft, KindClass
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology.folding import fold

LONGEST = 120
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_DIGEST = 8


def slug(text: str, length: int = 60) -> str:
    """A text as a part of a key: upper case, without accents, words joined by hyphens."""
    return _NOT_IN_A_SLUG.sub("-", fold(text)).strip("-")[:length].rstrip("-").upper()


def digest(*said: object) -> str:
    """Tells one statement from another; the same on every machine."""
    text = "|".join("" if part is None else str(part) for part in said)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def joined(*parts: str) -> str:
    """The parts as one key; the end of one that would be too long is told by a digest."""
    text = "-".join(part for part in parts if part)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - _DIGEST - 1]}-{digest(text)}"


async def given_key(draft: Draft, kind: KindClass, key: str) -> str:
    """The key that somebody chose; raises ``Refusal`` when it is taken."""
    if await draft.taken(kind, key):
        raise Refusal(Problem(ProblemCode.ALREADY_THERE, f"The key {key} is taken.", "key", key))
    return key


async def new_key(draft: Draft, kind: KindClass, given: str | None, *parts: str) -> str:
    """The key that somebody chose, or else one made of the parts, with a number where that is taken.

    Raises ``Refusal`` when the chosen one is taken.
    """
    if given is not None:
        return await given_key(draft, kind, given)
    made, number = joined(*parts), 1
    key = made
    while await draft.taken(kind, key):
        number += 1
        key = joined(made[: LONGEST - 10], str(number))
    return key
