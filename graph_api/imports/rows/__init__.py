"""The rows of spreadsheets into the graph: one outcome each; a dry run is the real run taken back."""
