RETURN COLLECT {
  MATCH (n0:Film)
  WHERE ((n0.name_folded STARTS WITH $p0) OR (n0.tagline_folded CONTAINS $p1)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key, n0.name]
} AS row
