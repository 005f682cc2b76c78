"""Texts of cells that have to name nodes: which nodes they name, and which may have been meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from graph_api.changes.audience import needs_others
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.imports.mapping import Column
from graph_api.imports.records import NodeRef
from graph_api.imports.rows.drafts import Draft
from graph_api.imports.rows.images import hidden_among
from graph_api.imports.values import KEY_FORM
from graph_api.ontology import Ontology
from graph_api.ontology.folding import fold
from graph_api.ontology.model import RESTRICTED_LEVEL, NodeType, ScalarType

NEAR = 75.0
"""From this score on, out of 100, the node of the nearest name is suggested."""
_MOST_NAMES = 20_000
"""Of a kind with more nodes nothing is suggested: their names would fill the memory."""
_SEPARATOR = ":"
_SEEN = f"WHERE coalesce(n.{RESTRICTED_LEVEL}, 0) <= $rank"
"""Of restricted nodes nobody learns here that they exist who does not see them."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An end that no node has."""

    draft: Draft
    column: str
    text: str
    kind: str


@dataclass(slots=True)
class _Names:
    """The names, codes and keys of the nodes of a kind: which nodes have one, and what each is called."""

    nodes: dict[str, set[NodeRef]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[NodeRef, str] = field(default_factory=dict)


class Ends:
    """Finds the nodes that drafts name. ``by_name`` also takes a name that only one node has."""

    def __init__(self, ontology: Ontology, role: str, *, by_name: bool = False) -> None:
        self._ontology = ontology
        self._role = role
        self._rank = rank_of(ontology, role)
        self._by_name = by_name
        self._names: dict[str, _Names] = {}

    async def resolve(self, transaction: Transaction, drafts: Sequence[Draft]) -> list[Lacking]:
        """Fill in ``resolved`` of the drafts; gives the ends that no node has."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for draft in drafts:
            for name, texts in draft.ends.items():
                for kind, key in (ref for text in texts for ref in self._possible(draft, name, text)):
                    wanted[kind].add(key)
        known = await self._existing(transaction, wanted)
        lacking: list[Lacking] = []
        for draft in drafts:
            for name, texts in draft.ends.items():
                found = [await self._one(transaction, draft, name, text, known) for text in texts]
                draft.resolved[name] = tuple(each for each in found if isinstance(each, NodeRef))
                lacking += [each for each in found if isinstance(each, Lacking)]
        return lacking

    def _possible(self, draft: Draft, name: str, text: str) -> list[tuple[str, str]]:
        """The kinds and keys that a text may mean: one kind, or every kind that implements it."""
        kind = self._ontology.node(_column(draft, name).end)
        prefix, colon, key = text.partition(_SEPARATOR)
        if colon and prefix in kind.concrete:
            return [(prefix, key)]
        return [(each, text) for each in kind.concrete] if KEY_FORM.fullmatch(text) else []

    async def _existing(self, transaction: Transaction, wanted: dict[str, set[str]]) -> set[NodeRef]:
        known: set[NodeRef] = set()
        for kind, keys in wanted.items():
            text = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}) {_SEEN} RETURN collect(n.key)"
            rows = await transaction.run(Statement(text, {"keys": [*sorted(keys)], "rank": self._rank}))
            keys_found = rows[0][0]
            if isinstance(keys_found, list):
                known |= await self._seen(transaction, kind, [str(key) for key in keys_found])
        return known

    async def _seen(self, transaction: Transaction, kind: str, keys: Sequence[str]) -> set[NodeRef]:
        """Those of the nodes that are not hidden with another one that they cannot be without."""
        refs = {NodeRef(kind, key) for key in keys}
        if needs_others(self._ontology, kind):
            refs -= await hidden_among(transaction, self._ontology, refs, self._rank)
        return refs

    async def _one(
        self, transaction: Transaction, draft: Draft, name: str, text: str, known: set[NodeRef]
    ) -> NodeRef | Lacking:
        possible = [NodeRef(*each) for each in self._possible(draft, name, text)]
        found = [each for each in possible if each in known]
        if len(found) == 1:
            return found[0]
        kind = _column(draft, name).end
        if self._by_name and not found:
            named = (await self._named(transaction, kind)).nodes.get(fold(text), set())
            if len(named) == 1:
                return next(iter(named))
        return Lacking(draft, name, text, kind)

    async def explain(self, transaction: Transaction, lacking: Iterable[Lacking]) -> None:
        """Note in their drafts which ends do not exist, with what may have been meant."""
        for each in lacking:
            kind = self._ontology.node(each.kind)
            reason = f"no {' or '.join(kind.concrete)} has this key"
            suggestion = await self._suggestion(transaction, kind, each.text)
            each.draft.wrong(each.column, each.text, reason, suggestion)

    async def _suggestion(self, transaction: Transaction, kind: NodeType, text: str) -> str:
        names = await self._named(transaction, kind.name)
        wanted = fold(text.rpartition(_SEPARATOR)[2])
        exact = names.nodes.get(wanted)
        near = (
            (wanted,)
            if exact
            else process.extractOne(wanted, names.nodes.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        )
        if near is None:
            return ""
        found = sorted(names.nodes[near[0]], key=str)
        return f"{' or '.join(_shown(kind, each, names.titles) for each in found[:3])}?"

    async def _named(self, transaction: Transaction, kind: str) -> _Names:
        if kind not in self._names:
            names = _Names()
            for concrete in self._ontology.node(kind).concrete:
                await self._add(transaction, names, self._ontology.node(concrete))
            self._names[kind] = names
        return self._names[kind]

    async def _add(self, transaction: Transaction, names: _Names, kind: NodeType) -> None:
        columns = list(self._spellings(kind))
        text = f"MATCH (n:{kind.name}) {_SEEN} RETURN n.key, {', '.join(f'n.{each}' for each in columns)} "
        rows = await transaction.run(Statement(f"{text}LIMIT {_MOST_NAMES + 1}", {"rank": self._rank}))
        if len(rows) > _MOST_NAMES:
            return
        seen = await self._seen(transaction, kind.name, [str(row[0]) for row in rows])
        for key, title, *others in rows:
            ref = NodeRef(kind.name, str(key))
            if ref not in seen:
                continue
            names.titles[ref] = str(title)
            for each in (key, title, *others):
                for spelled in each if isinstance(each, list) else [each]:
                    if isinstance(spelled, str):
                        names.nodes[fold(spelled)].add(ref)

    def _spellings(self, kind: NodeType) -> Iterable[str]:
        """The stored texts that a node may be known by, its name first: names, codes, other names."""
        languages = self._ontology.languages
        yield "name"
        for prop in kind.properties:
            if prop.visible_to is not None and not self._ontology.sees(self._role, prop.visible_to):
                continue
            texts = prop.type is ScalarType.STRING and prop.filtered and prop.ordered and not prop.unique
            if (texts and prop.name != "name") or (prop.type is ScalarType.STRINGS and prop.searched):
                yield prop.name
            if prop.localized and languages is not None:
                yield from (prop.in_language(each.name) for each in languages)


def rank_of(ontology: Ontology, role: str) -> int:
    """How much a role sees: its place among the roles."""
    return ontology.roles.index(role) if role in ontology.roles else 0


def _column(draft: Draft, name: str) -> Column:
    found = draft.target.column(name)
    if found is None:
        raise KeyError(name)
    return found


def _shown(kind: NodeType, ref: NodeRef, titles: dict[NodeRef, str]) -> str:
    key = f"{ref.kind}{_SEPARATOR}{ref.key}" if kind.abstract else ref.key
    title = titles.get(ref, "")
    return f"{key} ({title})" if title and title != ref.key else key
