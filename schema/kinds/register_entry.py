"""Entries of external registers, and judgements on whether names mean the same organization."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import IdentityVerdict, Role


class RegisterEntry(Entity, plural="registerEntries"):
    """A line of an external register. It is not an organization of this graph until somebody judges so."""

    register: str = prop("The register.")
    decision: str = prop("What the register records.")
    decided: PartialDate = prop("When the body that keeps the register decided.")


class IdentityJudgement(Entity, plural="identityJudgements", visible_to=Role.RESEARCHER):
    """What somebody thinks of two names: the same organization or not. It can be withdrawn."""

    name_a: str = prop("One name.")
    name_b: str = prop("The other name.")
    verdict: IdentityVerdict = prop("The verdict.")
    confirmed: bool = prop("Whether a person confirmed the verdict.")
    method: str = prop("How the pair was found.")
    judged_by: str | None = prop("Who judged.", default=None)
    judged_on: PartialDate | None = prop("When they judged.", default=None)
    reason: str | None = prop("What the verdict rests on.", default=None, filtered=False, ordered=False)
    merged_by: int | None = prop("The number of the change that merged the two records.", default=None)
    withdrawn: PartialDate | None = prop("When it was withdrawn.", default=None)
    withdrawn_why: str | None = prop("Why it was withdrawn.", default=None, filtered=False, ordered=False)
