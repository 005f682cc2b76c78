"""Countries."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Party, Place


class Country(Place, Party, plural="countries"):
    """A country or area in the terminology of the United Nations Statistics Division (M49)."""

    iso2: str = prop("ISO 3166-1 alpha-2 code.")
    m49: str = prop("M49 code, three digits.")
    un_member: bool = prop("Whether it is a Member State of the United Nations.")
    least_developed: bool = prop("Whether it is a least developed country.")
    landlocked_developing: bool = prop("Whether it is a landlocked developing country.")
    small_island_developing: bool = prop("Whether it is a small island developing state.")
