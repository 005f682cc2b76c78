RETURN COLLECT {
  MATCH (n0:City {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)-[r2:LOCATED_IN]->(n1)
    WHERE r2.synthetic = $p1
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p2
    RETURN [n1.key]
  }]
} AS row
