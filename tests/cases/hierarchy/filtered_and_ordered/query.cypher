RETURN COLLECT {
  MATCH (n0:City {key: $p0})
  RETURN [[COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n1)
    WHERE n1.area > $p1
    WITH DISTINCT n1
    ORDER BY n1.area IS NULL, n1.area DESC, n1.key
    LIMIT $p2
    RETURN [n1.key, n1.area]
  }, size(COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n2)
    WHERE n2.area > $p1
    RETURN DISTINCT n2
  })]]
} AS row
