"""Which names mean the same organization, in somebody's judgement."""

from __future__ import annotations

from graph_api.ontology import Edge, many
from schema.kinds.organization import Organization
from schema.kinds.register_entry import IdentityJudgement, RegisterEntry


class JudgesOrganization(
    Edge[IdentityJudgement, Organization],
    forward=many("organizations", "The organizations whose name was judged."),
    backward=many("identityJudgements", "The judgements on its name."),
    dated=False,
):
    """A judgement is about the name of an organization."""


class JudgesEntry(
    Edge[IdentityJudgement, RegisterEntry],
    forward=many("registerEntries", "The register entries whose name was judged."),
    backward=many("identityJudgements", "The judgements on its name."),
    dated=False,
):
    """A judgement is about the name in a register entry."""
