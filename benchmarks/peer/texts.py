"""The operations as the peer is asked for them.

It knows no hierarchies, so a client writes out every level; it counts by aggregates, one a cell. Its
to-one relations are lists. Roots are asked for as lists, which it answers quicker than connections.
"""

from __future__ import annotations

LOOKUP = """query Lookup($key: String!) {
  organizations(where: { key: { eq: $key } }) { key name kind website founded }
}"""

FIRST_PAGE = """query FirstPage($first: Int!) {
  organizations(limit: $first, sort: [{ nameFolded: ASC }, { key: ASC }]) {
    key name country { name }
    themesConnection { edges { properties { level } node { key name } } }
    membershipsConnection { edges { properties { since until } node { key name } } }
  }
}"""

_ON_THEME = """{ some: { OR: [
          { key: { eq: $theme } }
          { broader: { some: { key: { eq: $theme } } } }
        ] } }"""
_IN_REGION = """{ some: { regions: { some: { OR: [
        { key: { eq: $region } }
        { regions: { some: { OR: [
          { key: { eq: $region } }
          { regions: { some: { OR: [
            { key: { eq: $region } }
            { regions: { some: { key: { eq: $region } } } }
          ] } } }
        ] } } }
      ] } } } }"""

FIRST_QUESTION = f"""query MembersCovering($theme: String!, $region: String!, $first: Int!) {{
  organizations(
    limit: $first
    sort: [{{ nameFolded: ASC }}, {{ key: ASC }}]
    where: {{
      memberships: {{ some: {{ kind: {{ eq: "REGIONAL_NETWORK" }} }} }}
      themes: {_ON_THEME}
      country: {_IN_REGION}
    }}
  ) {{
    key name country {{ name }}
    themesConnection(where: {{ node: {{ OR: [
      {{ key: {{ eq: $theme }} }}
      {{ broader: {{ some: {{ key: {{ eq: $theme }} }} }} }}
    ] }} }}) {{ edges {{ properties {{ level }} node {{ key }} }} }}
    membershipsConnection {{ edges {{ properties {{ since until }} node {{ key }} }} }}
  }}
}}"""

MANY_FIELDS = """query ManyFields($first: Int!) {
  organizations(limit: $first, sort: [{ nameFolded: ASC }, { key: ASC }]) {
    key name acronym kind website founded languages synthetic
    country { key name }
    themesConnection { edges { properties { level } node { key } } }
    membershipsConnection { edges { properties { since } node { key } } }
  }
}"""

DEEP_PAGE = """query DeepPage($first: Int!, $offset: Int!) {
  organizations(limit: $first, offset: $offset, sort: [{ nameFolded: ASC }, { key: ASC }]) {
    key name
  }
}"""

_AREAS = ("UNTOC", "GOV_COORDINATION", "TIP", "SOM", "FIREARMS", "DRUGS_CORRUPTION", "EMERGING")
_REGIONS = ("AFRICA", "AMERICAS", "ASIA", "EUROPE", "OCEANIA")


def _cell(area: str, region: str) -> str:
    where = f"themes: {_ON_THEME}, country: {_IN_REGION}"
    filled = where.replace("$theme", f'"{area}"').replace("$region", f'"{region}"')
    count = "{ aggregate { count { nodes } } }"
    return f"{area}_{region}: organizationsConnection(where: {{ {filled} }}) {count}"


COVERAGE = f"query Coverage {{ {' '.join(_cell(area, region) for area in _AREAS for region in _REGIONS)} }}"

EVENT_NETWORKS = """query EventNetworks($key: String!) {
  events(where: { key: { eq: $key } }) {
    key name start
    participationsConnection { edges {
      properties { role }
      node { key name membershipsConnection { edges { properties { since } node { key name } } } }
    } }
  }
}"""
