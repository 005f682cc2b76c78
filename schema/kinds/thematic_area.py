"""Thematic areas."""

from __future__ import annotations

from schema.kinds.entity import Entity


class ThematicArea(Entity, plural="thematicAreas"):
    """A subject of work: one of the NET4U areas, or a narrower topic within one."""
