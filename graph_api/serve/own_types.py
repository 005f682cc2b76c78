"""What the schema has beside the types of the ontology: mutations, subscriptions, questions of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from graph_api.api_types import OwnTypes, together
from graph_api.changes import log
from graph_api.commands.api import PROBLEM_CODE, enums_of, specs_of
from graph_api.commands.declare import Commands
from graph_api.duplicates.identity import Identity
from graph_api.ontology import Ontology
from graph_api.serve.change_feed import change_resolvers, change_subscription
from graph_api.serve.command_fields import command_resolvers
from graph_api.serve.duplicate_fields import duplicates_query
from graph_api.serve.graph_fields import GraphQuery, Subscription


@dataclass(frozen=True, slots=True)
class OwnFields:
    """What an application adds to the questions and to the program, written by hand.

    ``queries`` are Strawberry types with root fields; their entities are named and fetched with
    ``serve.entities``. ``commands`` are those of the program that ask them.
    """

    queries: Sequence[type]
    commands: Sequence[click.Command] = ()


def own_types(
    ontology: Ontology,
    commands: Commands | None,
    identity: Identity | None,
    fields: OwnFields | None = None,
) -> OwnTypes:
    """The types for an ontology with these commands, this declaration of what is compared, and fields."""
    compared = (duplicates_query(identity),) if identity else ()
    queries = (GraphQuery, *compared, *(fields.queries if fields else ()))
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
