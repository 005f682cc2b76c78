"""The hand-written statements. Each gives one row with one positional list.

They use what their author knows of the data: how deep the hierarchies are, which order an index holds,
and, for the first question, that degrees tell at once which side of it is small.
"""

from __future__ import annotations

LOOKUP = """
MATCH (o:Organization {key: $key})
RETURN [o.key, o.name, o.kind, o.website, o.founded] AS row
"""

FIRST_PAGE = """
RETURN COLLECT {
  MATCH (o:Organization) WHERE o.name_folded IS NOT NULL AND o.key IS NOT NULL
  WITH o ORDER BY o.name_folded, o.key LIMIT $first
  RETURN [
    o.key, o.name,
    head(COLLECT { MATCH (o)-[:BASED_IN]->(c:Country) RETURN [c.name] }),
    COLLECT { MATCH (o)-[r:WORKS_ON]->(t) WITH r, t ORDER BY t.key, r.key RETURN [r.level, t.key, t.name] },
    COLLECT {
      MATCH (o)-[r:MEMBER_OF]->(n) WITH r, n ORDER BY n.key, r.key RETURN [r.since, r.until, n.key, n.name]
    }
  ]
} AS row
"""

_SETS = """
WITH COLLECT {
       MATCH (t:ThematicArea)-[:NARROWER_THAN*0..1]->(:ThematicArea {key: $theme}) RETURN t
     } AS themes,
     COLLECT { MATCH (c:Country)-[:LOCATED_IN*0..4]->(:Region {key: $region}) RETURN DISTINCT c } AS places,
     COLLECT { MATCH (n:Network) WHERE n.kind = 'REGIONAL_NETWORK' RETURN n } AS networks
"""
_DEGREES = """
WITH themes, places, networks,
     reduce(a = 0, x IN [c IN places | COUNT { (c)<-[:BASED_IN]-() }] | a + x) AS viaPlaces,
     reduce(a = 0, x IN [t IN themes | COUNT { (t)<-[:WORKS_ON]-() }] | a + x) AS viaThemes
"""
_ON_THEME = "EXISTS { (o)-[:WORKS_ON]->(t) WHERE t IN themes }"
_IN_NETWORK = "EXISTS { (o)-[:MEMBER_OF]->(n) WHERE n IN networks }"
_IN_PLACE = "EXISTS { (o)-[:BASED_IN]->(c) WHERE c IN places }"
_PAGE = "WITH DISTINCT o ORDER BY o.name_folded, o.key LIMIT $first RETURN o"
_QUESTION_ROW = """
[
    o.key, o.name,
    head(COLLECT { MATCH (o)-[:BASED_IN]->(c:Country) RETURN [c.name] }),
    COLLECT {
      MATCH (o)-[r:WORKS_ON]->(t) WHERE t IN themes WITH r, t ORDER BY t.key, r.key RETURN [r.level, t.key]
    },
    COLLECT { MATCH (o)-[r:MEMBER_OF]->(n) WITH r, n ORDER BY n.key, r.key RETURN [r.since, r.until, n.key] }
]
"""
_WALK = f"""
  MATCH (o:Organization)
  WHERE o.name_folded IS NOT NULL AND o.key IS NOT NULL AND {_IN_PLACE} AND {_IN_NETWORK} AND {_ON_THEME}
  WITH o ORDER BY o.name_folded, o.key LIMIT $first RETURN o
"""
_FROM_PLACES = f"""
  UNWIND places AS c MATCH (c)<-[:BASED_IN]-(o:Organization) WHERE {_IN_NETWORK} AND {_ON_THEME} {_PAGE}
"""
_FROM_THEMES = f"""
  UNWIND themes AS t MATCH (t)<-[:WORKS_ON]-(o:Organization) WHERE {_IN_NETWORK} AND {_IN_PLACE} {_PAGE}
"""
_FROM_NETWORKS = f"""
  UNWIND networks AS n MATCH (n)<-[:MEMBER_OF]-(o:Organization) WHERE {_IN_PLACE} AND {_ON_THEME} {_PAGE}
"""


def _fixed(pages: str) -> str:
    return f"""{_SETS}
CALL (themes, places, networks) {{ {pages} }}
WITH o, themes ORDER BY o.name_folded, o.key
RETURN collect({_QUESTION_ROW}) AS row
"""


FIRST_QUESTION = f"""{_SETS}{_DEGREES}
CALL (themes, places, networks, viaPlaces, viaThemes) {{
  UNWIND CASE WHEN viaPlaces > $few AND viaThemes > $few THEN [1] ELSE [] END AS go
  CALL (themes, places, networks) {{ {_WALK} }}
  RETURN o
UNION ALL
  UNWIND CASE WHEN viaPlaces <= $few AND viaPlaces <= viaThemes THEN places ELSE [] END AS c
  MATCH (c)<-[:BASED_IN]-(o:Organization) WHERE {_IN_NETWORK} AND {_ON_THEME} {_PAGE}
UNION ALL
  UNWIND CASE WHEN viaThemes <= $few AND viaPlaces > viaThemes THEN themes ELSE [] END AS t
  MATCH (t)<-[:WORKS_ON]-(o:Organization) WHERE {_IN_NETWORK} AND {_IN_PLACE} {_PAGE}
}}
WITH o, themes ORDER BY o.name_folded, o.key
RETURN collect({_QUESTION_ROW}) AS row
"""

FIXED_PLANS = {
    "walk the index": _fixed(f"UNWIND [1] AS go CALL (themes, places, networks) {{ {_WALK} }} RETURN o"),
    "from the places": _fixed(_FROM_PLACES),
    "from the themes": _fixed(_FROM_THEMES),
    "from the networks": _fixed(_FROM_NETWORKS),
}

MANY_FIELDS = """
RETURN COLLECT {
  MATCH (o:Organization) WHERE o.name_folded IS NOT NULL AND o.key IS NOT NULL
  WITH o ORDER BY o.name_folded, o.key LIMIT $first
  RETURN [
    o.key, o.name, o.acronym, o.kind, o.website, o.founded, o.languages, o.synthetic,
    head(COLLECT { MATCH (o)-[:BASED_IN]->(c:Country) RETURN [c.key, c.name] }),
    COLLECT { MATCH (o)-[r:WORKS_ON]->(t) WITH r, t ORDER BY t.key, r.key RETURN [r.level, t.key] },
    COLLECT { MATCH (o)-[r:MEMBER_OF]->(n) WITH r, n ORDER BY n.key, r.key RETURN [r.since, n.key] }
  ]
} AS row
"""

DEEP_PAGE = """
RETURN COLLECT {
  MATCH (o:Organization)
  WHERE o.name_folded >= $name AND o.key IS NOT NULL AND (o.name_folded > $name OR o.key > $key)
  WITH o ORDER BY o.name_folded, o.key LIMIT $first
  RETURN [o.key, o.name]
} AS row
"""

COVERAGE = """
MATCH (c:Country)<-[:BASED_IN]-(o)-[:WORKS_ON]->(t)
WITH c, t, collect(DISTINCT o) AS organizations
MATCH (t)-[:NARROWER_THAN*0..]->(a)
MATCH (c)-[:LOCATED_IN*0..]->(r)
UNWIND organizations AS o
WITH a.key AS theme, r.key AS place, count(DISTINCT o) AS total ORDER BY theme, place
RETURN collect([theme, place, total]) AS row
"""

EVENT_NETWORKS = """
MATCH (e:Event {key: $key})
RETURN [
  e.key, e.name, e.start,
  COLLECT {
    MATCH (e)<-[r:PARTICIPATED_IN]-(o)
    WITH r, o ORDER BY o.key, r.key
    RETURN [r.role, o.key, o.name, COLLECT {
      MATCH (o)-[m:MEMBER_OF]->(n) WITH m, n ORDER BY n.key, m.key RETURN [m.since, n.key, n.name]
    }]
  }
] AS row
"""
