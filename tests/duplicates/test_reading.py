"""What is compared is read in one statement, as the viewer may see it, and shared until the graph changes."""

from __future__ import annotations

import asyncio
import json

import pytest

from graph_api.cypher.statement import Statement
from graph_api.duplicates.identity import IdentityDeclaration, Judgements, MatchedKind, identity_of
from graph_api.duplicates.lexicon import NameWords
from graph_api.duplicates.reading import Known, host_of, known_of, read_known
from graph_api.duplicates.snapshot import Snapshots
from graph_api.engine.bolt import BoltStore
from graph_api.errors import InvalidArgumentError, InvalidOntologyError
from schema import ontology
from schema.identity import identity as declared
from tests.toy.fixtures import Graph
from tests.toy.identity import identity as toy_declared
from tests.toy.kinds import Film, Land
from tests.toy.ontology import TOY
from tests.visibility.domain import ARCHIVE, FILL, SECRET, Contact, Informant, Report, Role

SEEDS = identity_of(declared, ontology)
FILMS = identity_of(toy_declared, TOY)
SECRETS = identity_of(
    IdentityDeclaration(
        (MatchedKind(Report, names=("name", "assessment"), place="informant"), MatchedKind(Informant)),
        NameWords(),
        Judgements(Report, about=("helpers", "informant")),
    ),
    ARCHIVE,
)


async def read(store: BoltStore, role: Role) -> Known:
    rows = await store.read(read_known(SECRETS, role.name))
    return known_of(SECRETS, role.name, rows)


async def test_records_have_the_names_of_every_language(toy: Graph, store: BoltStore) -> None:
    known = known_of(FILMS, "", await store.read(read_known(FILMS, "")))

    names = {each.key: each.names for each in known.records}
    assert names["cleo"] == ("Cléo Zander", "Cléo de Zande")
    assert names["merlin"] == ("Merlin & Sons", "Merlin und Söhne")
    assert {each.kind for each in known.records} == {"Person", "Studio"}


async def test_what_a_role_may_not_see_is_not_read(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    public, chief = await read(empty_store, Role.PUBLIC), await read(empty_store, Role.CHIEF)

    assert SECRET not in json.dumps([each.names for each in public.records])
    assert {each.kind for each in public.records} == {"Report"}
    assert all(not each.places for each in public.records)
    assert {each.kind for each in chief.records} == {"Report", "Informant"}
    assert {place for each in chief.records for place in each.places} == {f"{SECRET}-i"}
    assert {name for each in chief.records for name in each.names} > {f"{SECRET}-1", f"{SECRET}-2"}


async def test_a_judgement_is_about_every_pair_of_its_records(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    public, chief = await read(empty_store, Role.PUBLIC), await read(empty_store, Role.CHIEF)

    assert public.judged == frozenset()
    assert chief.judged == {frozenset({("Author", "w"), ("Informant", f"{SECRET}-i")})}


async def test_the_seeds_are_read(seeded_store: BoltStore) -> None:
    rows = await seeded_store.read(read_known(SEEDS, "RESEARCHER"))
    known = known_of(SEEDS, "RESEARCHER", rows)

    counts = {
        kind: sum(each.kind == kind for each in known.records) for kind in ("Organization", "RegisterEntry")
    }
    assert counts["RegisterEntry"] == 6195
    assert counts["Organization"] > 38
    named = {each.names[0]: each for each in known.records if each.kind == "Organization"}
    assert named["La Strada International"].names == (
        "La Strada International",
        "La Strada International Association",
    )
    assert named["Global Initiative against Transnational Organized Crime"].acronyms == ("GI-TOC",)
    assert named["Demo Ceiba Institute for Safe Borders"].places == {"GTM"}
    assert named["Demo Ceiba Institute for Safe Borders"].host == "ceiba.example.org"
    assert len(known.judged) >= 10
    assert (
        known_of(SEEDS, "PUBLIC", await seeded_store.read(read_known(SEEDS, "PUBLIC"))).judged == frozenset()
    )


async def test_searches_of_one_version_share_what_was_read(
    toy: Graph, store: BoltStore, statements: list[Statement]
) -> None:
    snapshots = Snapshots(FILMS, store)
    found = await asyncio.gather(*(snapshots.at(("graph", 1), "") for _ in range(3)))
    once = [each for each in statements if "Studio" in each.text]
    later = await snapshots.at(("graph", 2), "")
    unknown = await snapshots.at(None, "")

    assert found[0] is found[1] is found[2]
    assert len(once) == 1
    assert later is not found[0]
    assert unknown is not later


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.Example.org/about", "example.org"),
        ("example.org:8080/x", "example.org"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_website(website: str, host: str) -> None:
    assert host_of(website) == host


def test_everything_that_is_declared_wrongly_is_said_at_once() -> None:
    wrong = IdentityDeclaration(
        (MatchedKind(Film, names=("name", "title"), place="studio"), MatchedKind(Contact), MatchedKind(Land)),
        NameWords(),
    )

    with pytest.raises(InvalidOntologyError) as refused:
        identity_of(wrong, TOY)

    assert "no property 'title'" in refused.value.message
    assert "no relation 'studio'" in refused.value.message
    assert "Contact is no kind" in refused.value.message


def test_a_kind_is_named_in_three_ways() -> None:
    assert {SEEDS.kind_named(name).name for name in ("Organization", "organization", "organizations")} == {
        "Organization"
    }
    with pytest.raises(InvalidArgumentError, match="organisations"):
        SEEDS.kind_named("organisations")
