"""Each root field is one statement, however deep it is; its text depends on its shape, not on its values."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest

from graph_api.cypher.statement import Statement
from tests.toy.fixtures import Graph

FILM = urlsafe_b64encode(b"Film:alba").decode()
DEEP = """
  nodes {
    key
    cast {
      totalCount
      edges {
        billing
        sources { key }
        node {
          birthplace { ancestors { nodes { key } } }
          awards { nodes { city { key } winners { nodes { ... on Studio { staff { nodes { key } } } } } } }
          roles { nodes { makers { nodes { works { nodes { original { key } } } } } } }
        }
      }
    }
  }
"""
ROOTS = (
    f'films(where: {{cast: {{some: {{node: {{birthplace: {{within: ["Earth"]}}}}}}}}}}) {{ {DEEP} }}',
    f'again: films(orderBy: [{{castCount: DESC}}], last: 3, asOf: "1983-07-04") {{ {DEEP} }}',
    'film(key: "alba") { key cast { nodes { key roles { nodes { key } } } } }',
    f'node(id: "{FILM}") {{ id ... on Film {{ cast {{ totalCount }} sources {{ sources {{ key }} }} }} }}',
    f'nodes(ids: ["{FILM}"]) {{ id }} ',
    'thing(key: "zoo") { key ... on Film { makers { nodes { key } } } }',
)


@pytest.mark.parametrize("count", range(1, len(ROOTS) + 1))
async def test_there_is_one_statement_for_each_root_field(
    toy: Graph, statements: list[Statement], count: int
) -> None:
    await toy.data(f"{{ __typename {' '.join(ROOTS[:count])} }}")

    assert len(statements) == count


async def test_introspection_and_skipped_fields_send_nothing(toy: Graph, statements: list[Statement]) -> None:
    await toy.data("{ __schema { queryType { name } } films @skip(if: true) { totalCount } }")

    assert statements == []


async def test_a_thousand_values_make_one_text(toy: Graph, statements: list[Statement]) -> None:
    query = (
        "query ($where: FilmWhere, $order: [FilmOrder!], $first: Int) "
        "{ films(where: $where, orderBy: $order, first: $first) { totalCount nodes { key } } }"
    )
    for number in range(1000):
        where = {
            "or": [
                {
                    "minutes": {"gt": number, "in": [number] * (number % 4)},
                    "name": {"contains": f"{number}'\"`$"},
                },
                {"cast": {"some": {"node": {"birthplace": {"within": ["Isle", "Coast"][: number % 3]}}}}},
            ],
            "released": {"lte": f"{1900 + number % 100}"},
        }
        await toy.data(query, {"where": where, "order": [{"minutes": "DESC"}], "first": number % 50})

    assert len(statements) == 1000
    assert len({statement.text for statement in statements}) == 1


async def test_values_given_in_the_document_are_parameters_too(
    toy: Graph, statements: list[Statement]
) -> None:
    await toy.data('{ films(where: {name: {eq: "one"}}) { totalCount } }')
    await toy.data(
        "query ($name: String) { films(where: {name: {eq: $name}}) { totalCount } }", {"name": "two"}
    )

    literal, variable = statements
    assert literal.text == variable.text
    assert "one" in literal.parameters.values()
    assert "two" in variable.parameters.values()


async def test_the_same_operation_with_other_axes(toy: Graph) -> None:
    query = "query ($by: [FilmAxis!]!) { films { groups(by: $by) { keys count } } }"

    answers = [await toy.data(query, {"by": by}) for by in (["GENRE"], ["ORIGINAL"], ["GENRE", "ORIGINAL"])]

    expected = [
        await toy.data(f"{{ films {{ groups(by: [{by}]) {{ keys count }} }} }}")
        for by in ("GENRE", "ORIGINAL", "GENRE, ORIGINAL")
    ]
    assert answers == expected
    assert len({str(answer) for answer in answers}) == 3
