"""Spreadsheets, row by row: CSV, XLSX, ODS and JSON lines through one streaming interface."""

from graph_api.imports.reading.opening import Format, open_sheets
from graph_api.imports.reading.sheets import CellFlaw, ReadLimits, Sheet, SheetRow

__all__ = ["CellFlaw", "Format", "ReadLimits", "Sheet", "SheetRow", "open_sheets"]
