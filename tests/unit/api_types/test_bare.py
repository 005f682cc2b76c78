from __future__ import annotations

from graph_api.api_types.bare import without_descriptions

DESCRIBED = '''
"""The schema."""
schema { query: Query }

"""A directive."""
directive @once("""How.""" how: String = "\\"now\\"") on FIELD

"""Questions."""
type Query implements Thing {
  """Films."""
  films(
    """At most so many."""
    first: Int = 10
  ): [Film!]! @deprecated(reason: "No more.")
}

"""A thing."""
interface Thing { "Films." films(first: Int = 10): [Film!]! }

"""A film."""
union Film = Query

"""How long."""
enum Size { "Short." SHORT }

"""A size."""
input Sized @oneOf { "Which." size: Size }

"""A day."""
scalar Day @specifiedBy(url: "about:day")
'''
BARE = """schema {
  query: Query
}

directive @once(how: String = "\\"now\\"") on FIELD

type Query implements Thing {
  films(first: Int = 10): [Film!]! @deprecated(reason: "No more.")
}

interface Thing {
  films(first: Int = 10): [Film!]!
}

union Film = Query

enum Size {
  SHORT
}

input Sized @oneOf {
  size: Size
}

scalar Day @specifiedBy(url: "about:day")
"""


def test_descriptions_go_and_everything_else_stays() -> None:
    assert without_descriptions(DESCRIBED) == BARE


def test_what_has_none_stays_as_it_is() -> None:
    assert without_descriptions(BARE) == BARE
