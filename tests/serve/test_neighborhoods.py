"""``neighborhood``, ``paths`` and ``connect`` over HTTP: shapes, dates, refusals, statements."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from tests.serve.served import Served, codes, served
from tests.toy.fixtures import Graph

Json = dict[str, object]
AROUND = """query ($keys: [String!]!, $depth: Int! = 1, $most: Int! = 300, $kinds: [EntityKind!],
    $relations: [RelationKind!], $day: Date) {
  neighborhood(
    keys: $keys, depth: $depth, maxNodes: $most, kinds: $kinds, relations: $relations, asOf: $day
  ) {
    truncated totalNodes pieces
    nodes { depth degree entity { __typename id key } }
    edges { id relation source target label since until synthetic sources { key } facts { name value } }
  }
}"""
PATHS = """query ($from: String!, $to: String!, $length: Int! = 6, $first: Int! = 5,
    $relations: [RelationKind!], $day: Date) {
  paths(from: $from, to: $to, maxLength: $length, first: $first, relations: $relations, asOf: $day) {
    length nodes { key } edges { relation label since until sources { key } }
  }
}"""
CONNECT = """query ($keys: [String!]!, $length: Int! = 6, $relations: [RelationKind!]) {
  connect(keys: $keys, maxLength: $length, relations: $relations) {
    pieces truncated nodes { depth entity { key } } edges { relation }
  }
}"""


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def asked(server: Served, document: str, **variables: object) -> list[Json]:
    """The answer to the only field, as a list."""
    answer = (await server.post(document, variables)).json()
    assert "errors" not in answer, answer
    [found] = answer["data"].values()
    return cast("list[Json]", found if isinstance(found, list) else [found])


def keys(part: Json, name: str = "nodes") -> list[str]:
    return [each["entity"]["key"] for each in cast("list[dict[str, dict[str, str]]]", part[name])]


async def test_a_neighborhood_is_flat(server: Served) -> None:
    [part] = await asked(server, AROUND, keys=["eva"])

    assert keys(part)[0] == "eva"
    assert set(keys(part)) == {"eva", "merlin", "ecole2"}
    nodes = cast("list[dict[str, dict[str, str]]]", part["nodes"])
    ids = {each["entity"]["key"]: each["entity"]["id"] for each in nodes}
    [spell] = [each for each in cast("list[Json]", part["edges"]) if each["relation"] == "WORKED_FOR"]
    assert spell | {"id": "", "sources": sorted(each["key"] for each in spell["sources"])} == {  # type: ignore[attr-defined]
        "id": "", "relation": "WORKED_FOR", "source": ids["eva"], "target": ids["merlin"],
        "label": None, "since": "1983-07-04", "until": None, "synthetic": True,
        "sources": ["almanac", "letters"], "facts": [{"name": "duties", "value": "cutting, writing"}],
    }  # fmt: skip
    assert (part["truncated"], part["totalNodes"], part["pieces"]) == (False, 3, 1)


async def test_an_edge_is_labelled_by_its_vocabularies(server: Served) -> None:
    [part] = await asked(server, AROUND, keys=["Film:aeon"], relations=["ACTED_IN"])

    labels = {each["label"] for each in cast("list[Json]", part["edges"])}
    assert labels == {"LEAD", "SUPPORT"}


async def test_what_is_cut_says_so(server: Served) -> None:
    [part] = await asked(server, AROUND, keys=["ada"], depth=2, most=5)

    assert len(keys(part)) == 5
    assert part["truncated"] is True
    assert cast(int, part["totalNodes"]) > 5


async def test_kinds_and_relations_and_days(server: Served) -> None:
    [studios] = await asked(server, AROUND, keys=["ada"], kinds=["STUDIO"])
    [worked] = await asked(server, AROUND, keys=["ada"], relations=["WORKED_FOR"], day="1972-01-01")
    [nothing] = await asked(server, AROUND, keys=["ada"], relations=[])

    assert set(keys(studios)) == {"ada", "lumen", "merlin"}
    assert set(keys(worked)) == {"ada", "merlin"}
    assert keys(nothing) == ["ada"]


async def test_paths_have_the_facts_and_sources_along_them(server: Served) -> None:
    paths = await asked(server, PATHS, **{"from": "ada", "to": "eva"}, relations=["WORKED_FOR"])

    assert paths[0] == {
        "length": 2,
        "nodes": [{"key": "ada"}, {"key": "merlin"}, {"key": "eva"}],
        "edges": [
            {
                "relation": "WORKED_FOR", "label": None, "since": "1970", "until": "1974",
                "sources": [{"key": "almanac"}],
            },
            {
                "relation": "WORKED_FOR", "label": None, "since": "1983-07-04", "until": None,
                "sources": [{"key": "almanac"}, {"key": "letters"}],
            },
        ],
    }  # fmt: skip


async def test_a_path_is_as_of_a_day(server: Served) -> None:
    then = await asked(
        server, PATHS, **{"from": "ada", "to": "eva"}, relations=["WORKED_FOR"], day="1972-01-01"
    )

    assert then == []


async def test_several_are_joined(server: Served) -> None:
    [part] = await asked(server, CONNECT, keys=["ada", "eva", "ben"], relations=["WORKED_FOR"])
    [apart] = await asked(server, CONNECT, keys=["ada", "zebra"])

    assert set(keys(part)) == {"ada", "eva", "ben", "merlin", "lumen"}
    assert part["pieces"] == 1
    assert (keys(apart), apart["pieces"]) == (["ada", "zebra"], 2)


async def test_all_entities_are_fetched_by_one_statement(server: Served, statements: list[Statement]) -> None:
    await asked(server, AROUND, keys=["ada"], depth=2)
    statements.clear()

    await asked(server, PATHS, **{"from": "ada", "to": "dov"})

    texts = [each.text for each in statements if "Person" in each.text]
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("document", "variables", "code", "argument"),
    [
        (AROUND, {"keys": ["nobody"]}, "UNKNOWN_KEY", "keys"),
        (AROUND, {"keys": ["Person:lumen"]}, "UNKNOWN_KEY", "keys"),
        (AROUND, {"keys": ["alba"]}, "AMBIGUOUS_KEY", "keys"),
        (AROUND, {"keys": []}, "INVALID_ARGUMENT", "keys"),
        (AROUND, {"keys": ["ada"] * 21}, "LIMIT_EXCEEDED", "keys"),
        (AROUND, {"keys": ["ada"], "depth": 5}, "LIMIT_EXCEEDED", "depth"),
        (AROUND, {"keys": ["ada"], "depth": 0}, "INVALID_ARGUMENT", "depth"),
        (AROUND, {"keys": ["ada"], "most": 1001}, "LIMIT_EXCEEDED", "maxNodes"),
        (AROUND, {"keys": ["ada", "eva"], "most": 1}, "INVALID_ARGUMENT", "maxNodes"),
        (PATHS, {"from": "ada", "to": "ada"}, "INVALID_ARGUMENT", "to"),
        (PATHS, {"from": "ada", "to": "Person:ada"}, "INVALID_ARGUMENT", "to"),
        (PATHS, {"from": "nobody", "to": "ada"}, "UNKNOWN_KEY", "from"),
        (PATHS, {"from": "ada", "to": "eva", "length": 11}, "LIMIT_EXCEEDED", "maxLength"),
        (PATHS, {"from": "ada", "to": "eva", "first": 51}, "LIMIT_EXCEEDED", "first"),
        (PATHS, {"from": "ada", "to": "eva", "first": -1}, "INVALID_ARGUMENT", "first"),
        (CONNECT, {"keys": ["ada"]}, "INVALID_ARGUMENT", "keys"),
        (CONNECT, {"keys": ["ada", "Person:ada"]}, "INVALID_ARGUMENT", "keys"),
        (CONNECT, {"keys": ["ada", "eva"], "length": 0}, "INVALID_ARGUMENT", "maxLength"),
        (AROUND, {"keys": ["ada"], "relations": ["NO_SUCH"]}, "BAD_USER_INPUT", "$relations"),
    ],
)
async def test_a_bad_question_is_refused(
    server: Served, document: str, variables: Json, code: str, argument: str
) -> None:
    answer = await server.post(document, variables)

    assert codes(answer) == [code]
    assert answer.json()["errors"][0]["extensions"].get("argument", argument) == argument


async def test_kinds_tell_equal_keys_apart(server: Served) -> None:
    [film], [award] = [await asked(server, AROUND, keys=[f"{kind}:alba"]) for kind in ("Film", "Award")]

    assert film != award
    assert keys(film)[0] == keys(award)[0] == "alba"
