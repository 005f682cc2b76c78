WITH COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p0
  MATCH (n1)-[:LOCATED_IN*0..]->(n0)
  WHERE n1:City
  RETURN DISTINCT n1
} AS s0, COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p0
  RETURN n0.key
} AS k0
RETURN COLLECT {
  MATCH (n2:City)
  WHERE (NOT coalesce(n2 IN s0, false)) AND (n2.key IS NOT NULL)
  WITH n2, s0
  ORDER BY n2.key
  LIMIT $p1
  RETURN [n2.key]
} AS row, [x IN $p0 WHERE NOT x IN k0] AS u0
