RETURN COLLECT {
  MATCH (n0:Film)
  WHERE ($p0 IN n0.tags) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, n0.tags]
} AS row
