"""What a running server holds: the ontology, its schema and a store."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_api.api_types import ApiSchema, build_schema
from graph_api.duplicates.identity import Identity
from graph_api.duplicates.snapshot import Snapshots
from graph_api.engine.protocol import Store
from graph_api.metrics.declare import Measured
from graph_api.metrics.measurements import Measurements
from graph_api.neighborhoods.snapshot import Graphs
from graph_api.observe.metrics import Metrics
from graph_api.observe.traces import Traces
from graph_api.ontology import Ontology
from graph_api.plan.sight import Sight, Visibility, visibility_of
from graph_api.plan.vocabulary import Vocabulary, vocabulary_of
from graph_api.search.scheme import search_scheme
from graph_api.search.snapshot import SearchSnapshots
from graph_api.serve.declared import NOTHING, Declared
from graph_api.serve.execution.context import PlannedExecutionContext, read_record
from graph_api.serve.execution.cost import CostExtension
from graph_api.serve.execution.documents import DocumentCache
from graph_api.serve.execution.explain import ExplainExtension
from graph_api.serve.execution.inside import Inside
from graph_api.serve.execution.lane import Lane
from graph_api.serve.execution.plan_cache import PlanCache
from graph_api.serve.execution.schema import PlannedSchema
from graph_api.serve.fields.own_types import own_types
from graph_api.serve.versions import VersionWatch

MEASURE_SECONDS = 50.0
"""How long metrics are computed where nobody says otherwise; less than a request may take."""


@dataclass(slots=True)
class Runtime:
    """Everything that answering an operation needs.

    ``max_cost`` is the most that an operation may cost; without it every cost is taken.
    ``compiled`` says whether rows are shaped by generated code; without it graphql-core completes
    them all. ``completed_rows`` counts the rows that it completed because a shaper gave up.
    """

    vocabulary: Vocabulary
    schema: ApiSchema
    store: Store
    documents: DocumentCache = field(default_factory=DocumentCache)
    plans: PlanCache = field(default_factory=PlanCache)
    lane: Lane = field(default_factory=Lane)
    watch: VersionWatch | None = None
    snapshots: Snapshots | None = None
    searches: SearchSnapshots | None = None
    measurements: Measurements | None = None
    inside: Inside = field(default_factory=Inside)
    metrics: Metrics | None = None
    traces: Traces = field(default_factory=Traces)
    request_seconds: float = 60.0
    max_cost: int | None = None
    compiled: bool = True
    completed_rows: int = 0
    _seen: dict[str, Visibility] = field(default_factory=dict)
    _seen_at: tuple[str, ...] = ()
    _graphs: Graphs | None = None

    @property
    def graphs(self) -> Graphs:
        """The graphs in memory that neighbourhoods and paths are found in."""
        if self._graphs is None:
            self._graphs = Graphs(self.vocabulary.ontology, self.store)
        return self._graphs

    def measures(self, measured: Measured | None, seconds: float) -> None:
        """Measure what is declared, each time for so long at most; nothing is measured without."""
        self.measurements = Measurements(measured, self.graphs, seconds) if measured else None

    @property
    def versions(self) -> VersionWatch:
        """The watch of the graph's version; one of its own where nobody gave one."""
        if self.watch is None:
            self.watch = VersionWatch(self.store, interval=1.0)
        return self.watch

    def sight(self, role: str) -> Sight:
        """Through what a viewer with this role looks at the graph, as far as its version is known."""
        versions = self.versions
        version = versions.known
        restricted = version.restricted if version is not None else ()
        if restricted != self._seen_at:
            self._seen_at, self._seen = restricted, {}
        visibility = self._seen.get(role)
        if visibility is None:
            visibility = visibility_of(self.vocabulary.ontology, role, restricted)
            self._seen[role] = visibility
        return Sight(visibility, versions.redirects)


def api_schema(
    ontology: Ontology, documents: DocumentCache | None = None, declared: Declared = NOTHING
) -> ApiSchema:
    """The GraphQL schema of an ontology, executed by plans; ``documents`` keeps what it parsed.

    What else is ``declared`` adds its root fields.
    """
    return build_schema(
        ontology,
        read_record,
        PlannedExecutionContext,
        PlannedSchema,
        [(documents or DocumentCache()).extension, ExplainExtension, CostExtension],
        own_types(ontology, declared),
    )


def runtime_of(
    ontology: Ontology,
    store: Store,
    declared: Declared = NOTHING,
    measure_seconds: float = MEASURE_SECONDS,
) -> Runtime:
    """Prepare the schema and the look-ups of an ontology for a store."""
    documents = DocumentCache()
    schema = api_schema(ontology, documents, declared)
    identity = declared.identity
    snapshots = Snapshots(identity, store) if identity else None
    searches = searches_of(identity, store)
    made = Runtime(vocabulary_of(ontology), schema, store, documents, snapshots=snapshots, searches=searches)
    made.measures(declared.measured, measure_seconds)
    return made


def searches_of(identity: Identity | None, store: Store) -> SearchSnapshots | None:
    """What a search asks: it knows the same words of names as what is compared."""
    if identity is None:
        return None
    return SearchSnapshots(search_scheme(identity.ontology), identity.lexicon, store)
