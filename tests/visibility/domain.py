"""A small domain with secrets: reports, the people who wrote them, and the informants behind them."""

from __future__ import annotations

from enum import Enum

from graph_api.cypher.statement import Statement
from graph_api.ontology import Edge, Node, many, one, prop, resolve


class Role(Enum):
    """Who looks."""

    PUBLIC = "Anybody."
    STAFF = "Somebody of the house."
    CHIEF = "Somebody who sees everything."


class Item(Node, abstract=True):
    """Anything in the archive."""

    key: str = prop("Identifies it among its kind.", unique=True)
    name: str = prop("The name to show.", localized=True)


class Contact(Item, abstract=True):
    """Somebody who helped with a report."""


class Report(Item, plural="reports"):
    """A report."""

    year: int = prop("The year.")
    assessment: str | None = prop("What the house thinks of it.", default=None, visible_to=Role.STAFF)


class Author(Contact, plural="authors"):
    """Somebody who writes reports."""


class Informant(Contact, plural="informants", visible_to=Role.CHIEF):
    """Somebody who must not be known."""


class Origin(Item, plural="origins"):
    """What a fact rests on."""


class HelpedBy(
    Edge[Report, Contact],
    forward=many("helpers", "Who helped with it."),
    backward=many("reports", "The reports helped with."),
):
    """Somebody helped with a report."""

    payment: int | None = prop("What was paid.", default=None, visible_to=Role.CHIEF)


class Contradicts(
    Edge[Report, Report],
    forward=many("contradicts", "The reports that it contradicts."),
    backward=many("contradictedBy", "The reports that contradict it."),
    visible_to=Role.STAFF,
):
    """A report contradicts another."""


class BasedOn(
    Edge[Report, Informant],
    forward=one("informant", "The informant that it is based on."),
    backward=many("basedOn", "The reports based on it."),
):
    """A report is based on an informant."""


ARCHIVE = resolve(
    title="archive",
    summary="Reports and who stands behind them.",
    root=Item,
    source=Origin,
    roles=Role,
    nodes=(Item, Contact, Report, Author, Informant, Origin),
    edges=(HelpedBy, Contradicts, BasedOn),
)

SECRET = "SECRET"
_REST = "sources: ['o'], synthetic: true"
FILL = Statement(
    f"""CREATE (o:Origin {{key: 'o', name: 'origin', name_folded: 'origin', sources: [], synthetic: true}})
    CREATE (a:Report {{key: 'a', name: 'A', name_folded: 'a', year: 2001, assessment: '{SECRET}-1',
        assessment_folded: 'secret-1', {_REST}}})
    CREATE (b:Report {{key: 'b', name: 'B', name_folded: 'b', year: 2002, {_REST}}})
    CREATE (c:Report {{key: 'c', name: 'C', name_folded: 'c', year: 2003, assessment: '{SECRET}-2',
        assessment_folded: 'secret-2', {_REST}}})
    CREATE (w:Author {{key: 'w', name: 'Writer', name_folded: 'writer', {_REST}}})
    CREATE (i:Informant {{key: '{SECRET}-i', name: '{SECRET} informant', name_folded: 'secret', {_REST}}})
    CREATE (a)-[:HELPED_BY {{key: 'a|w', payment: 7, {_REST}}}]->(w)
    CREATE (a)-[:HELPED_BY {{key: 'a|i', payment: 8, {_REST}}}]->(i)
    CREATE (b)-[:HELPED_BY {{key: 'b|i', {_REST}}}]->(i)
    CREATE (a)-[:CONTRADICTS {{key: 'a|b', {_REST}}}]->(b)
    CREATE (c)-[:BASED_ON {{key: 'c|i', {_REST}}}]->(i)"""
)
PRUNE = (
    Statement("MATCH (i:Informant) DETACH DELETE i"),
    Statement("MATCH ()-[r:CONTRADICTS]->() DELETE r"),
    Statement("MATCH (r:Report) REMOVE r.assessment, r.assessment_folded"),
    Statement("MATCH ()-[r:HELPED_BY]->() REMOVE r.payment"),
)
"""What makes a graph of the archive that has nothing to hide from the public."""
