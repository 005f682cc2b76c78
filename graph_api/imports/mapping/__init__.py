"""What a sheet is for, and which of its columns says what: guessed, shown, and overruled."""

from graph_api.imports.mapping.choose import Chosen, choose_target
from graph_api.imports.mapping.headings import ColumnMatch, Mapping, map_columns, overrides
from graph_api.imports.mapping.targets import Column, Target, target_named, targets_of

__all__ = [
    "Chosen",
    "Column",
    "ColumnMatch",
    "Mapping",
    "Target",
    "choose_target",
    "map_columns",
    "overrides",
    "target_named",
    "targets_of",
]
