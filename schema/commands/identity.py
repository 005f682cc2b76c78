"""Judgements on whether records mean the same organization, and merges, which rest on them."""

from __future__ import annotations

from graph_api.changes.items import Item, NodeRef, PutNode
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.merge import merge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.commands.restrict import level_of
from graph_api.commands.undo import take_back
from graph_api.ontology.model import RESTRICTED_LEVEL
from schema.edges.identities import JudgesEntry, JudgesOrganization
from schema.kinds.organization import Organization
from schema.kinds.register_entry import IdentityJudgement, RegisterEntry
from schema.vocabulary import IdentityVerdict

METHOD = "Judged by a person."


class JudgeIdentity(Command, states_facts=False):
    """Judge whether two records mean the same organization.

    With `merge`, the other organization becomes a part of the first: its relations, its history and its
    key lead there. Withdrawing the judgement restores it.
    """

    organization: str = argument("The key of the organization; after a merge, of what stays.")
    other: str | None = argument("The key of another organization.", default=None)
    register_entry: str | None = argument("The key of an entry of a register.", default=None)
    verdict: IdentityVerdict = argument("The verdict.")
    why: str = argument("What the verdict rests on.")
    merge: bool | None = argument("Whether to merge the two organizations.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the judgement, and the merge when it is asked for."""
        first = await draft.node(Organization, self.organization, "organization")
        if (self.other is None) == (self.register_entry is None):
            message = "Name another organization or an entry of a register, one of them."
            raise Refusal(Problem(ProblemCode.INVALID_VALUE, message, "other"))
        second = (
            await draft.node(Organization, self.other, "other")
            if self.other is not None
            else await draft.node(RegisterEntry, self.register_entry or "", "registerEntry")
        )
        if first.ref == second.ref:
            message = "These are one record already."
            raise Refusal(Problem(ProblemCode.INVALID_VALUE, message, "other", self.other))
        judgement = self._judgement(draft, first, second)
        if self.merge:
            await self._merge(draft, first, second)
        return judgement

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)

    def _judgement(self, draft: Draft, first: StoredNode, second: StoredNode) -> NodeRef:
        made = draft.create(
            IdentityJudgement,
            f"JUDGEMENT-{draft.number}",
            name=f"{first.properties['name']} / {second.properties['name']}"[:500],
            name_a=str(first.properties["name"]),
            name_b=str(second.properties["name"]),
            verdict=self.verdict,
            confirmed=True,
            method=METHOD,
            judged_by=draft.viewer.name,
            judged_on=draft.today.isoformat(),
            reason=self.why,
            merged_by=draft.number if self.merge else None,
            sources=_sources(draft, first, second),
        )
        level = max(level_of(first), level_of(second))
        if level:
            # It holds both names.
            draft.put(PutNode(made, {RESTRICTED_LEVEL: level}))
        facts = {"sources": _sources(draft, first, second)}
        draft.relate(JudgesOrganization, made, first.ref, **facts)
        if second.ref.kind == RegisterEntry.__name__:
            draft.relate(JudgesEntry, made, second.ref, **facts)
        elif not self.merge:
            draft.relate(JudgesOrganization, made, second.ref, **facts)
        return made

    async def _merge(self, draft: Draft, keep: StoredNode, gone: StoredNode) -> None:
        if self.verdict is not IdentityVerdict.SAME or gone.ref.kind != Organization.__name__:
            message = "Only two organizations that are judged to be the same are merged."
            raise Refusal(
                Problem(ProblemCode.NOT_ALLOWED, message, "merge", rule="MERGE_RESTS_ON_A_JUDGEMENT")
            )
        if level_of(gone) > level_of(keep):
            message = (
                f"{gone.ref.key} is restricted, and {keep.ref.key} would show what it says to more roles."
            )
            raise Refusal(
                Problem(
                    ProblemCode.NOT_ALLOWED,
                    message,
                    "merge",
                    rule="A_MERGE_OPENS_NOTHING",
                    remedy="Restrict both to the same role first.",
                )
            )
        known = [str(each) for each in _texts(keep.properties.get("aliases"))]
        others = [str(gone.properties["name"]), *_texts(gone.properties.get("aliases"))]
        new = [each for each in others if each not in known and each != keep.properties["name"]]
        draft.correct(keep, aliases=[*known, *dict.fromkeys(new)])
        await merge(draft, keep, gone)


class WithdrawJudgement(Command, states_facts=False):
    """Withdraw a judgement. What was merged on it becomes two records again, as they were."""

    judgement: str = argument("The key of the judgement.")
    why: str = argument("Why it is withdrawn.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Say when it was withdrawn, and take the merge back."""
        found = await draft.node(IdentityJudgement, self.judgement, "judgement")
        if found.properties.get("withdrawn") is not None:
            message = f"{self.judgement} was withdrawn on {found.properties['withdrawn']}."
            raise Refusal(Problem(ProblemCode.NOT_THERE, message, "judgement", self.judgement))
        merged = found.properties.get("merged_by")
        if isinstance(merged, int):
            await take_back(draft, merged, _is_no_judgement)
        draft.correct(found, withdrawn=draft.today.isoformat(), withdrawn_why=self.why)
        return found.ref


def _is_no_judgement(item: Item) -> bool:
    """Judgements stay, also those that are withdrawn."""
    kind = IdentityJudgement.__name__
    refs = [getattr(item, name, None) for name in ("ref", "source")]
    return not [ref for ref in refs if isinstance(ref, NodeRef) and ref.kind == kind]


def _sources(draft: Draft, first: StoredNode, second: StoredNode) -> list[str]:
    """What the command names; otherwise what the two records rest on."""
    both = [*_texts(first.properties.get("sources")), *_texts(second.properties.get("sources"))]
    return list(draft.sources) or list(dict.fromkeys(both))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
