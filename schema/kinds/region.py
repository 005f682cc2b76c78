"""Regions."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Place
from schema.vocabulary import RegionScheme


class Region(Place, plural="regions"):
    """A part of the world in one of three schemes that do not map one to one."""

    scheme: RegionScheme = prop("The scheme that it belongs to.")
    m49: str | None = prop("M49 code, three digits, of a statistical region.", default=None)
