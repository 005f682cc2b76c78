"""What is compared in the world of films: people and studios."""

from __future__ import annotations

from graph_api.duplicates.identity import IdentityDeclaration, MatchedKind
from graph_api.duplicates.lexicon import NameWords
from tests.toy.kinds import Person, Studio

identity = IdentityDeclaration(
    kinds=(MatchedKind(Person), MatchedKind(Studio)),
    words=NameWords(legal_forms=("Ltd", "Inc"), ignored=("the", "of"), generic={"studio": ("studios",)}),
)
