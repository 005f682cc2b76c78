"""What is compared to find duplicates: organizations with one another and with the entries of registers."""

from __future__ import annotations

from graph_api.duplicates.identity import IdentityDeclaration, Judgements, MatchedKind
from schema.kinds.organization import Organization
from schema.kinds.register_entry import IdentityJudgement, RegisterEntry
from schema.name_words import NAME_WORDS

identity = IdentityDeclaration(
    kinds=(
        MatchedKind(
            Organization,
            names=("name", "aliases"),
            acronyms=("acronym",),
            place="country",
            website="website",
        ),
        MatchedKind(RegisterEntry),
    ),
    words=NAME_WORDS,
    judgements=Judgements(IdentityJudgement, about=("organizations", "registerEntries")),
)
