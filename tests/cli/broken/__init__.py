"""Seeds with a broken row: the second of the organizations was founded in a thirteenth month."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_api.imports import ImportFile
from graph_api.imports.canonical import node_table
from schema import ontology

HERE = Path(__file__).parent


def catalogue(demo: bool = True) -> Sequence[ImportFile]:
    """A sound file and a broken one."""
    kinds = {"sources.csv": "Source", "organizations.csv": "Organization"}
    return [ImportFile(name, HERE / name, node_table(ontology, kind)) for name, kind in kinds.items()]
