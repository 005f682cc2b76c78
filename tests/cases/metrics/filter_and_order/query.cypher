RETURN COLLECT {
  MATCH (n0:Person)
  WHERE $computed_Person_degree[n0.key] >= $p0
  WITH n0, $computed_Person_core[n0.key] AS n0_0
  WITH n0, n0_0
  ORDER BY n0_0 IS NULL, n0_0 DESC, n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
