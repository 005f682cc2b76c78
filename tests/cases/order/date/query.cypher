RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0
  ORDER BY n0.premiere IS NULL, n0.premiere DESC, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
