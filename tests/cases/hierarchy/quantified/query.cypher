RETURN COLLECT {
  MATCH (n0:City)
  WHERE (NOT EXISTS {
    MATCH (n0)-[:LOCATED_IN*1..]->(n1)
    WHERE n1.key = $p0
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
