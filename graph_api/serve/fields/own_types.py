"""What the schema has beside the types of the ontology: mutations, subscriptions, questions of our own."""

from __future__ import annotations

from dataclasses import replace

from graph_api.api_types import OwnTypes, together
from graph_api.changes import log
from graph_api.commands.api import PROBLEM_CODE, enums_of, specs_of
from graph_api.coverage.declare import Coverage
from graph_api.findings.declare import Findings
from graph_api.metrics.declare import Measured
from graph_api.neighborhoods.reading import walked_edges, walked_kinds
from graph_api.ontology import Ontology
from graph_api.search.scheme import search_scheme
from graph_api.serve.declared import Declared
from graph_api.serve.fields.change_feed import change_resolvers, change_subscription
from graph_api.serve.fields.commands import command_resolvers
from graph_api.serve.fields.coverage import coverage_resolvers
from graph_api.serve.fields.coverage_types import coverage_axes, coverage_field, coverage_specs
from graph_api.serve.fields.duplicates import duplicates_query
from graph_api.serve.fields.entity_kinds import entity_kind_enum, relation_kind_enum
from graph_api.serve.fields.findings import (
    findings_enums,
    findings_field,
    findings_resolvers,
    findings_specs,
)
from graph_api.serve.fields.graph import GraphQuery, Subscription
from graph_api.serve.fields.metric_types import metrics_field, metrics_members, metrics_specs
from graph_api.serve.fields.metrics import metrics_resolvers
from graph_api.serve.fields.neighborhoods import neighborhood_queries
from graph_api.serve.fields.search import search_query


def own_types(ontology: Ontology, declared: Declared) -> OwnTypes:
    """The types for an ontology, with the root fields of what is declared."""
    identity, coverage, measured = declared.identity, declared.coverage, declared.measured
    kinds = entity_kind_enum(walked_kinds(ontology))
    relations = relation_kind_enum(walked_edges(ontology))
    queries: tuple[type, ...] = (GraphQuery, *neighborhood_queries(ontology, kinds, relations))
    if identity is not None:
        queries = (*queries, duplicates_query(identity), search_query(search_scheme(ontology), kinds))
    queries = (*queries, *(declared.fields.queries if declared.fields else ()))
    told = log.CHANGE in ontology.nodes
    subscriptions = (Subscription, change_subscription()) if told else (Subscription,)
    query, subscription = together("Query", queries), together("Subscription", subscriptions)
    known = {"EntityKind": kinds, "RelationKind": relations}
    own = OwnTypes(query, subscription, resolvers=dict(change_resolvers()) if told else {}, known=known)
    if declared.commands is not None:
        own = replace(
            own,
            specs=tuple(specs_of(declared.commands, ontology, log.CHANGE)),
            enums=(PROBLEM_CODE,),
            vocabularies=tuple(enums_of(declared.commands)),
            resolvers={**own.resolvers, **command_resolvers(declared.commands)},
        )
    if coverage is not None:
        own = with_coverage(own, coverage)
    if measured is not None:
        own = with_metrics(own, measured)
    return own if declared.findings is None else with_findings(own, declared.findings)


def with_coverage(own: OwnTypes, coverage: Coverage) -> OwnTypes:
    """The same with the root field of tables of coverage."""
    return replace(
        own,
        specs=(*own.specs, *coverage_specs(coverage)),
        queries=(*own.queries, coverage_field(coverage)),
        enums=(*own.enums, coverage_axes(coverage)),
        resolvers={**own.resolvers, **coverage_resolvers(coverage)},
    )


def with_metrics(own: OwnTypes, measured: Measured) -> OwnTypes:
    """The same with the root field of metrics, and with filters and orders by them."""
    return replace(
        own,
        specs=(*own.specs, *metrics_specs(measured)),
        queries=(*own.queries, metrics_field(measured)),
        fields={**own.fields, **metrics_members(measured)},
        resolvers={**own.resolvers, **metrics_resolvers(measured)},
    )


def with_findings(own: OwnTypes, findings: Findings) -> OwnTypes:
    """The same with the root field of what rules say of a node."""
    return replace(
        own,
        specs=(*own.specs, *findings_specs(findings)),
        queries=(*own.queries, findings_field(findings)),
        enums=(*own.enums, *findings_enums(findings)),
        resolvers={**own.resolvers, **findings_resolvers(findings)},
    )
