"""From a query to candidates: looked up, scored from 0 to 100, with a feature for each kind of reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_api.duplicates.lexicon import Lexicon, WordKind
from graph_api.duplicates.plain_words import plain_words
from graph_api.duplicates.reading import host_of
from graph_api.duplicates.records import CandidatePair, Comparison, MatchableRecord, Reason, ReasonKind
from graph_api.duplicates.snapshot import Snapshot
from graph_api.errors import InvalidArgumentError
from graph_api.ontology.folding import fold
from graph_api.serve.http.reconcile.catalogue import SHOWN, Catalogue, title
from graph_api.serve.http.reconcile.queries import PropertyCondition, Quantifier, Query

LOWEST = 0.3
"""Scores below it are chance; clients show candidates to people, so it is lower than elsewhere."""
SURE = 0.9
AHEAD = 0.05
"""A candidate is taken for the match when it scores that much, and that much more than the next one."""
_LOOKED_AT = 200
_PLACE_MARK = "="


@dataclass(frozen=True, slots=True)
class Matcher:
    """Looks candidates up, for one viewer and one version of the graph."""

    snapshot: Snapshot
    catalogue: Catalogue

    def candidates(self, query: Query) -> list[dict[str, object]]:
        """The candidates of a query, the best first.

        Raises ``InvalidArgumentError`` for a type or a property that there is not.
        """
        kinds = self.catalogue.kinds_of(query.types)
        compared = self.catalogue.compared_fields()
        self._check(query.conditions, compared)
        record = self._described(query, compared)
        found = {pair.right.identity: pair for pair in self._named(query, record)}
        for pair in self.snapshot.index.matches(record, LOWEST, _LOOKED_AT):
            found.setdefault(pair.right.identity, pair)
        kept = [
            pair
            for pair in found.values()
            if pair.right.kind in kinds
            and all(self._holds(each, compared, pair.right) for each in query.conditions if each.filters)
        ]
        kept.sort(key=lambda pair: (-pair.score, pair.right.identity))
        sure = _sure(kept)
        return [self._as_json(pair, match=pair is sure) for pair in kept[: query.limit]]

    def suggested(self, prefix: str, skip: int) -> list[dict[str, object]]:
        """Entities whose key is the prefix, or a word of whose names begins with it."""
        wanted = fold(prefix)
        if not wanted:
            return []
        by_id = [pair.right for pair in self._named(Query(ids=(prefix.strip(),)), _nobody())]
        first, second = self.snapshot.beginning_with(wanted)
        every = dict.fromkeys((*by_id, *first, *second))
        return [self._suggestion(record) for record in list(every)[skip : skip + SHOWN]]

    def records(self, ids: Iterable[str]) -> list[MatchableRecord]:
        """The records with these ids; those that there are not are left out."""
        found = (self.snapshot.record(_identity(each)) for each in ids)
        return [record for record in found if record is not None]

    def _named(self, query: Query, record: MatchableRecord) -> list[CandidatePair]:
        """Whatever is asked for by its id, or by a text that is an id."""
        given = (*query.ids, *query.names)
        keys = [(each.kind.name, text) for text in given for each in self.catalogue.kinds()]
        identities = dict.fromkeys([*map(_identity, given), *keys])
        known = (self.snapshot.record(each) for each in identities)
        comparison = Comparison(1.0, (Reason(ReasonKind.SAME_KEY, 1.0),))
        return [CandidatePair(record, each, comparison) for each in known if each is not None]

    def _check(self, conditions: Iterable[PropertyCondition], compared: Mapping[str, str]) -> None:
        for each in conditions:
            if each.name not in compared:
                raise InvalidArgumentError(
                    f"Nothing is compared by a property '{each.name[:80]}'.",
                    remedy=f"There are: {', '.join(sorted(compared))}.",
                    argument="properties",
                    value=each.name[:80],
                )
            if each.qualifier:
                raise InvalidArgumentError(
                    f"There is no qualifier '{each.qualifier[:80]}': values are compared in one way.",
                    argument="matchQualifier",
                    value=each.qualifier[:80],
                )

    def _described(self, query: Query, compared: Mapping[str, str]) -> MatchableRecord:
        """What is looked for, as a record."""
        values: dict[str, list[str]] = {"name": [*query.names], "acronym": [], "place": [], "website": []}
        for each in query.conditions:
            if each.quantifier is not Quantifier.NONE:
                values[compared[each.name]] += each.values
        places = frozenset(filter(None, map(self._place, values["place"])))
        host = host_of(values["website"][0]) if values["website"] else ""
        return MatchableRecord("", "", tuple(values["name"]), tuple(values["acronym"]), places, host)

    def _place(self, text: str) -> str:
        """The key of a place that is named by its id, its key or a word for it; nothing for another text."""
        key = text.partition(":")[2] or text
        if key in self.snapshot.places:
            return key
        return place_named(text, self.catalogue.identity.lexicon)

    def _holds(
        self, condition: PropertyCondition, compared: Mapping[str, str], record: MatchableRecord
    ) -> bool:
        match compared[condition.name]:
            case "place":
                wanted, has = {self._place(each) for each in condition.values}, set(record.places)
            case "website":
                wanted, has = {host_of(each) for each in condition.values}, {record.host}
            case "acronym":
                wanted, has = set(map(fold, condition.values)), set(map(fold, record.acronyms))
            case _:
                wanted, has = set(map(fold, condition.values)), set(map(fold, record.names))
        match condition.quantifier:
            case Quantifier.ANY:
                return bool(wanted & has)
            case Quantifier.ALL:
                return wanted <= has
            case Quantifier.NONE:
                return not wanted & has

    def _as_json(self, pair: CandidatePair, *, match: bool) -> dict[str, object]:
        return {
            **_entity(pair.right),
            "description": self._description(pair.right),
            "type": [{"id": pair.right.kind, "name": self._type_name(pair.right.kind)}],
            "score": round(100 * pair.score, 2),
            "match": match,
            "features": _features(pair.comparison),
        }

    def _suggestion(self, record: MatchableRecord) -> dict[str, object]:
        notable = [{"id": record.kind, "name": self._type_name(record.kind)}]
        return {**_entity(record), "description": self._description(record), "notable": notable}

    def _description(self, record: MatchableRecord) -> str:
        """What tells it from its namesakes."""
        known = [self._type_name(record.kind), *record.acronyms, *sorted(record.places), record.host]
        return ", ".join(filter(None, known))

    def _type_name(self, kind: str) -> str:
        return title(self.catalogue.identity.ontology.node(kind).field)


def entity_id(kind: str, key: str) -> str:
    """The id of an entity: kind and key, as ``entity(key:)`` takes them."""
    return f"{kind}:{key}"


def place_named(text: str, lexicon: Lexicon) -> str:
    """The key of the place that a word stands for."""
    meaning = lexicon.meanings.get(plain_words(text))
    return meaning.concept.removeprefix(_PLACE_MARK) if meaning and meaning.kind is WordKind.PLACE else ""


def _entity(record: MatchableRecord) -> dict[str, object]:
    name = record.names[0] if record.names else record.key
    return {"id": entity_id(record.kind, record.key), "name": name}


def _identity(text: str) -> tuple[str, str]:
    kind, _, key = text.strip().partition(":")
    return kind, key


def _nobody() -> MatchableRecord:
    return MatchableRecord("", "", ())


def _sure(pairs: Sequence[CandidatePair]) -> CandidatePair | None:
    """The pair that is taken for the match, if one stands out."""
    if not pairs or pairs[0].score < SURE:
        return None
    alone = len(pairs) == 1 or pairs[0].score - pairs[1].score >= AHEAD
    return pairs[0] if alone else None


def _features(comparison: Comparison) -> list[dict[str, object]]:
    """What each kind of reason adds to the score."""
    sums: dict[ReasonKind, float] = {}
    for reason in comparison.reasons:
        sums[reason.kind] = sums.get(reason.kind, 0.0) + reason.contribution
    return [
        {"id": kind.name.lower(), "name": kind.value, "value": round(100 * value, 2)}
        for kind, value in sums.items()
    ]
