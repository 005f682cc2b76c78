"""What the schema has beside the types of the ontology: mutations, subscriptions, questions of our own."""

from __future__ import annotations

from graph_api.api_types import OwnTypes, together
from graph_api.changes import log
from graph_api.commands.api import PROBLEM_CODE, enums_of, specs_of
from graph_api.commands.declare import Commands
from graph_api.duplicates.identity import Identity
from graph_api.neighborhoods.reading import walked_kinds
from graph_api.ontology import Ontology
from graph_api.search.scheme import search_scheme
from graph_api.serve.change_feed import change_resolvers, change_subscription
from graph_api.serve.command_fields import command_resolvers
from graph_api.serve.duplicate_fields import duplicates_query
from graph_api.serve.entity_kinds import entity_kind_enum
from graph_api.serve.graph_fields import GraphQuery, Subscription
from graph_api.serve.neighborhood_fields import neighborhood_queries
from graph_api.serve.search_fields import search_query


def own_types(ontology: Ontology, commands: Commands | None, identity: Identity | None) -> OwnTypes:
    """The types for an ontology with these commands and this declaration of what is compared."""
    kinds = entity_kind_enum(walked_kinds(ontology))
    queries: tuple[type, ...] = (GraphQuery, *neighborhood_queries(ontology, kinds))
    if identity is not None:
        queries = (*queries, duplicates_query(identity), search_query(search_scheme(ontology), kinds))
    told = log.CHANGE in ontology.nodes
    subscriptions = (Subscription, change_subscription()) if told else (Subscription,)
    query, subscription = together("Query", queries), together("Subscription", subscriptions)
    resolvers = dict(change_resolvers()) if told else {}
    if commands is None:
        return OwnTypes(query, subscription, resolvers=resolvers)
    return OwnTypes(
        query,
        subscription,
        specs=specs_of(commands, ontology, log.CHANGE),
        enums=(PROBLEM_CODE,),
        vocabularies=tuple(enums_of(commands)),
        resolvers={**resolvers, **command_resolvers(commands)},
    )
