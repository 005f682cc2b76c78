"""Finding entities by their names: an index of words kept in memory, ranking, scopes and facets."""
