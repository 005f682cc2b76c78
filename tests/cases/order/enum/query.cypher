RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0
  ORDER BY n0.genre IS NULL, n0.genre DESC, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
