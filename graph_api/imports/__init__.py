"""From tables to the graph: read, convert, validate, load; a file as a whole or not at all."""

from graph_api.imports.count import GraphCounts, count_graph
from graph_api.imports.load import Progress, load
from graph_api.imports.records import (
    EdgeRecord,
    NodeRecord,
    NodeRef,
    Row,
    RowError,
    RowPlace,
    SetAside,
)
from graph_api.imports.report import FileReport, FileStatus, LoadReport
from graph_api.imports.tables import ImportFile, Table

__all__ = [
    "EdgeRecord",
    "FileReport",
    "FileStatus",
    "GraphCounts",
    "ImportFile",
    "LoadReport",
    "NodeRecord",
    "NodeRef",
    "Progress",
    "Row",
    "RowError",
    "RowPlace",
    "SetAside",
    "Table",
    "count_graph",
    "load",
]
