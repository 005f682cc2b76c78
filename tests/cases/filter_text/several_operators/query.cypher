RETURN COLLECT {
  MATCH (n0:Film)
  WHERE ((n0.name_folded CONTAINS $p0) AND (n0.name <> $p1)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key, n0.name]
} AS row
