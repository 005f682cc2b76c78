RETURN COLLECT {
  MATCH (n0:Land)
  WHERE (size(COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n1)
    RETURN DISTINCT n1
  }) = 1) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
