RETURN COLLECT {
  MATCH (n0:City)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
