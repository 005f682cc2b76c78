"""From settings to a service: what is the same for a server of one process and for each of several."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graph_api.access.authenticate import authenticator_of
from graph_api.api_types import ApiSchema
from graph_api.duplicates.identity import Identity
from graph_api.duplicates.of_new import DuplicateFinder
from graph_api.duplicates.snapshot import Snapshots
from graph_api.engine.protocol import Store
from graph_api.imports.count import count_graph
from graph_api.limits.admission import Admission
from graph_api.limits.document import DocumentLimits
from graph_api.limits.rate import RateLimit
from graph_api.observe.health import HealthCheck
from graph_api.observe.metrics import Metrics
from graph_api.observe.store import ObservedStore
from graph_api.observe.traces import Traces
from graph_api.ontology import Ontology
from graph_api.plan.vocabulary import vocabulary_of
from graph_api.serve.declared import Declared, declared_in, imported
from graph_api.serve.execution.documents import DocumentCache
from graph_api.serve.http.imports.http import ImportsOverHttp
from graph_api.serve.http.imports.jobs import JobStore
from graph_api.serve.http.imports.limits import formats_of, read_limits
from graph_api.serve.http.imports.runner import ImportRunner
from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.disclosure import Disclosure
from graph_api.serve.operations.response_cache import ResponseCache
from graph_api.serve.operations.trusted import TrustedDocuments, documents_in
from graph_api.serve.processes.load import definitions_for
from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import Runtime, api_schema, searches_of
from graph_api.serve.versions import Commits, OwnCommits, VersionWatch
from graph_api.settings import Auth, Settings

_MEGABYTE = 1_000_000
_SERVICE = "graph-api"
_IMPORTS = "imports"
"""The folder of uploaded files, in the data directory."""
_COLLECTIONS = (20_000, 20, 10)
"""Objects between garbage collections, and how many younger ones come before an older one. An answer makes
thousands that die by themselves at its end; the old are looked through about once in 5,000 new documents."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is made before there is a store."""

    settings: Settings
    ontology: Ontology
    declared: Declared
    documents: DocumentCache
    schema: ApiSchema
    service: Service
    trusted: TrustedDocuments
    rate: RateLimit | None


def parts_of(settings: Settings) -> Parts:
    """Everything that does not need the store; raises ``InvalidSettingError``."""
    ontology = imported(settings.ontology, Ontology)
    documents = DocumentCache(DocumentLimits.of(settings))
    declared = declared_in(settings, ontology)
    schema = api_schema(ontology, documents, declared)
    questions = load_questions(imported(settings.questions, Path), schema.core)
    disclosure = Disclosure.of(settings)
    texts = {name: each.document for name, each in questions.items()}
    if settings.documents is not None:
        texts |= documents_in(settings.documents, schema.core)
    service = Service(
        title=ontology.title,
        summary=ontology.summary,
        docs=settings.docs,
        sdl=schema.sdl(),
        questions=questions,
        query_page=disclosure.query_page,
        schema_page=disclosure.introspection,
        metrics=settings.metrics,
        origins=settings.cors_origins,
        subscriptions=settings.max_subscriptions,
        credentials=settings.auth is not Auth.OPEN and not settings.anonymous,
    )
    trusted = TrustedDocuments.of(texts, only=settings.documents_only)
    rate = RateLimit.of(settings)
    return Parts(settings, ontology, declared, documents, schema, service, trusted, rate)


def api_of(parts: Parts, store: Store, commits: Commits | None = None) -> Api:
    """The API on a store; ``commits`` are those of this host's processes, where there are several."""
    settings = parts.settings
    query = parts.schema.core.query_type
    metrics = Metrics(
        query.fields if query else (), engine=str(store.dialect.engine), pool_size=settings.pool_size
    )
    known = [name for name in parts.trusted.texts if name.isidentifier()]
    traces = Traces.of(settings, known=known, service=_SERVICE)
    observed = ObservedStore(store, settings, metrics, traces)
    authenticator = authenticator_of(settings, parts.ontology, observed)
    # Its questions come every second and say nothing about what clients ask.
    versions = VersionWatch(store, settings.version_seconds, commits or OwnCommits())
    versions.on_access = authenticator.access_changed
    versions.on_version = metrics.graph_version
    runtime = _runtime(parts, observed, versions, metrics, traces)
    return Api(
        runtime,
        authenticator,
        metrics,
        HealthCheck(store, definitions_for(parts.ontology)),
        Disclosure.of(settings),
        parts.trusted,
        ResponseCache(settings.cache_megabytes * _MEGABYTE),
        Admission(settings.max_concurrent),
        Admission(settings.max_connections),
        parts.rate,
        settings.max_body_bytes,
        settings.max_batch,
        Admission(settings.max_exports),
        settings.max_export_rows,
        settings.export_seconds,
        _imports(parts, observed, versions),
    )


def _runtime(parts: Parts, store: Store, versions: VersionWatch, metrics: Metrics, traces: Traces) -> Runtime:
    made = Runtime(
        vocabulary_of(parts.ontology, parts.settings.max_page),
        parts.schema,
        store,
        parts.documents,
        watch=versions,
        snapshots=Snapshots(parts.declared.identity, store) if parts.declared.identity else None,
        searches=searches_of(parts.declared.identity, store),
        metrics=metrics,
        traces=traces,
        request_seconds=parts.settings.request_seconds,
        max_cost=parts.settings.max_cost,
    )
    made.measures(parts.declared.measured, parts.settings.measure_seconds)
    return made


def _imports(parts: Parts, store: Store, versions: VersionWatch) -> ImportsOverHttp:
    settings = parts.settings
    jobs = JobStore(settings.data / _IMPORTS, settings.import_hours)
    runner = ImportRunner(store, parts.ontology, jobs, versions.committed)
    identity = parts.declared.identity
    if identity is not None:
        runner.finder = partial(_finder, identity, Snapshots(identity, store), versions)
    return ImportsOverHttp(runner, read_limits(settings), formats_of(settings), settings.request_seconds)


def _finder(identity: Identity, snapshots: Snapshots, versions: VersionWatch, role: str) -> DuplicateFinder:
    return DuplicateFinder(identity, snapshots, versions.certain, role)


async def make_ready(parts: Parts, api: Api, store: Store) -> None:
    """Find out what the pages say of the graph, and let the service answer."""
    service = parts.service
    version = await api.runtime.versions.ask()
    restricted = version.restricted if version is not None else ()
    counts = await count_graph(store, parts.ontology, parts.ontology.public, restricted)
    service.synthetic = counts.synthetic
    service.figures = {"nodes": counts.node_total, "edges": counts.edge_total, "synthetic": service.synthetic}
    # What is there now stays: looking through it at every collection would cost more than a request.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    service.api = api
    service.readiness = Readiness.READY
