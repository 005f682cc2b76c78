RETURN COLLECT {
  MATCH (n0:City {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n1)
    WITH DISTINCT n1
    ORDER BY n1.key
    LIMIT $p1
    RETURN [[n1.key], [n1.key]]
  }]
} AS row
