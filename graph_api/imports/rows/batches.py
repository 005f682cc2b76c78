"""Rows batch after batch: ends found, images read, one decision each, and the writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from graph_api.changes import statements
from graph_api.changes.portions import portions
from graph_api.changes.writing import Writing
from graph_api.imports.records import NodeRef
from graph_api.imports.rows.decision import Decision, FindDuplicates, duplicate, rejected
from graph_api.imports.rows.drafts import Draft
from graph_api.imports.rows.ends import Ends, Lacking, rank_of
from graph_api.imports.rows.images import Images, read_edges, read_images
from graph_api.imports.rows.judge_edges import EdgeJudge, Hierarchies
from graph_api.imports.rows.judge_nodes import Defaults, NodeJudge
from graph_api.imports.rows.outcomes import Outcome, OutcomeKind, Problem
from graph_api.imports.rows.spool import Spool
from graph_api.imports.rows.write import items_of
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality

MOST_WAITING = 10_000
"""Rows that name what a later row may create are kept so many at most; more of them are rejected at once."""
_DIGEST_BYTES = 8


class Settings(Protocol):
    """What of the options of an import decides about rows."""

    @property
    def defaults(self) -> Defaults:
        """What rows that do not say it are taken to say."""
        ...

    @property
    def by_name(self) -> bool:
        """Whether a name that only one node has is taken for its key."""
        ...

    @property
    def takes_duplicates(self) -> bool:
        """Whether nodes that are like others are created."""
        ...

    @property
    def role(self) -> str | None:
        """The role of whoever imports."""
        ...


class Batches:
    """Takes drafts of rows and sees each to its outcome, within one change.

    ``decided`` counts the rows that have one.
    """

    def __init__(
        self,
        writing: Writing,
        ontology: Ontology,
        settings: Settings,
        spool: Spool,
        find_duplicates: FindDuplicates | None,
    ) -> None:
        self._writing = writing
        self._transaction = writing.transaction
        self._ontology = ontology
        self._settings = settings
        self._spool = spool
        self._find_duplicates = find_duplicates
        highest = ontology.roles[-1] if ontology.roles else ontology.public
        role = settings.role or highest
        self._rank = rank_of(ontology, role)
        self._ends = Ends(ontology, role, by_name=settings.by_name)
        self._hierarchies = Hierarchies()
        self._seen: dict[tuple[str, str], tuple[int, str, bytes]] = {}
        self._waiting: list[Draft] = []
        self.decided = 0

    async def take(self, drafts: Sequence[Draft]) -> None:
        """Decide about the drafts of one sheet; those that name what is not there yet wait for the end."""
        await self._take(drafts, last=False)

    async def finish(self) -> None:
        """Decide about the rows that waited: again and again, as long as that lets further ones in."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for group in _groups(waiting):
                await self._take(group, last=False)
            if len(self._waiting) == len(waiting):
                waiting, self._waiting = self._waiting, []
                for group in _groups(waiting):
                    await self._take(group, last=True)

    async def _take(self, drafts: Sequence[Draft], *, last: bool) -> None:
        lacking = await self._ends.resolve(self._transaction, drafts)
        ready = await self._without_waiting(drafts, lacking, last=last)
        fresh = [each for each in ready if not self._is_repeated(each)]
        decisions = await self._decisions(fresh)
        await self._store(decisions)

    async def _without_waiting(
        self, drafts: Sequence[Draft], lacking: list[Lacking], *, last: bool
    ) -> list[Draft]:
        # A row that is rejected anyway gets everything that is wrong at once.
        await self._ends.explain(self._transaction, [each for each in lacking if each.draft.problems])
        lacking = [each for each in lacking if not each.draft.problems]
        waits = {id(each.draft) for each in lacking}
        if last or len(self._waiting) + len(waits) > MOST_WAITING:
            await self._ends.explain(self._transaction, lacking)
            return list(drafts)
        self._waiting += [each for each in drafts if id(each) in waits]
        return [each for each in drafts if id(each) not in waits]

    def _is_repeated(self, draft: Draft) -> bool:
        """Whether an earlier row is about the same; it is a duplicate, or contradicts that one."""
        identity = _identity(draft)
        if identity is None:
            return False
        digest = hashlib.blake2b(repr(draft.content).encode(), digest_size=_DIGEST_BYTES).digest()
        earlier = self._seen.setdefault(identity, (draft.row, draft.sheet, digest))
        if earlier[:2] == (draft.row, draft.sheet):
            return False
        place = f"row {earlier[0]}" + (f" of {earlier[1]}" if earlier[1] != draft.sheet else "")
        if earlier[2] == digest:
            self._note(duplicate(draft, draft.key, place))
        else:
            draft.wrong(
                "key" if draft.target.kind else "", draft.key, f"{place} says something else about the same"
            )
            self._note(rejected(draft))
        return True

    async def _decisions(self, drafts: Sequence[Draft]) -> list[Decision]:
        if not drafts:
            return []
        if drafts[0].target.edge is not None:
            return await self._edge_decisions(drafts)
        judge = NodeJudge(self._ontology, self._settings.defaults)
        kind = drafts[0].target.name
        keyed = [each for each in drafts if each.key]
        needed = [
            column.relation
            for column in drafts[0].target.columns
            if column.relation is not None
            and (column.required or any(column.name in each.ends for each in keyed))
        ]
        images = await read_images(
            self._transaction, self._ontology, [NodeRef(kind, each.key) for each in keyed], needed
        )
        await images.find_hidden(self._transaction, self._ontology, self._rank)
        decisions = [judge.decide(each, images) for each in drafts]
        return await self._without_duplicates(decisions)

    async def _edge_decisions(self, drafts: Sequence[Draft]) -> list[Decision]:
        edge = drafts[0].target.edge
        assert edge is not None, "the drafts are of an edge type"
        if edge.hierarchical and edge.name not in self._hierarchies.wider:
            await self._read_hierarchy(edge.name)
        images = Images()
        sources = [each.resolved["source"][0] for each in drafts if each.resolved.get("source")]
        images.edges |= await read_edges(self._transaction, self._ontology, edge, sources)
        if edge.forward.cardinality is not Cardinality.MANY:
            await images.find_hidden(self._transaction, self._ontology, self._rank)
        judge = EdgeJudge(self._ontology, self._settings.defaults, self._hierarchies)
        decisions: list[Decision] = []
        for each in drafts:
            decision = judge.decide(each, images)
            judge.take(decision.edges)
            decisions.append(decision)
        return decisions

    async def _read_hierarchy(self, name: str) -> None:
        rows = await self._transaction.run(statements.hierarchy_edges(self._ontology.edges[name]))
        self._hierarchies.wider[name] = {}
        found = rows[0][0]
        for kind, key, wider_kind, wider_key in found if isinstance(found, list) else []:
            self._hierarchies.add(
                name, NodeRef(str(kind), str(key)), NodeRef(str(wider_kind), str(wider_key))
            )

    async def _without_duplicates(self, decisions: list[Decision]) -> list[Decision]:
        """Hold back nodes that may be there already, under another key."""
        new = [each.nodes[0] for each in decisions if each.outcome.kind is OutcomeKind.CREATE]
        if self._find_duplicates is None or self._settings.takes_duplicates or not new:
            return decisions
        found = await self._find_duplicates(new)
        held: list[Decision] = []
        for each in decisions:
            like = found.get(each.nodes[0].ref) if each.outcome.kind is OutcomeKind.CREATE else None
            if like is None:
                held.append(each)
            else:
                reason = f"it may be {like.key} ({like.name}), {like.score:.0%}: {like.explanation}"
                problem = Problem(
                    "", "", reason, f"use the key {like.key}, or create it all the same (--new)"
                )
                outcome = replace(
                    each.outcome, kind=OutcomeKind.DUPLICATE, problems=(problem,), like=like.key
                )
                held.append(Decision(outcome))
        return held

    async def _store(self, decisions: Sequence[Decision]) -> None:
        items = items_of(decisions)
        if items:
            await self._writing.write(items)
        for each in decisions:
            self._note(each)

    def _note(self, decision: Decision) -> None:
        outcome: Outcome = decision.outcome
        self._spool.add(outcome)
        self.decided += 1


def _identity(draft: Draft) -> tuple[str, str] | None:
    """What two rows about the same node or edge have alike; None for a row that is about none."""
    if draft.problems:
        return None
    if draft.target.kind is not None:
        return draft.target.name, draft.key
    (source,), (target,) = draft.resolved["source"], draft.resolved["target"]
    edge = draft.target.edge
    telling = (
        [each.name for each in edge.properties if each.required and each.enum] if edge is not None else []
    )
    words = [str(draft.values.get(name, "")) for name in (*telling, "since")]
    return draft.target.name, "|".join((str(source), str(target), *words))


def _groups(drafts: Sequence[Draft]) -> list[Sequence[Draft]]:
    """Drafts that can be decided together: those of one sheet."""
    groups: dict[str, list[Draft]] = {}
    for each in drafts:
        groups.setdefault(f"{each.sheet}\0{each.target.name}", []).append(each)
    return [portion for group in groups.values() for portion in portions(group)]
