"""Coverage: how many nodes there are in each cell of a table, and where there are too few."""
