RETURN COLLECT {
  MATCH (n0:Person {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)-[r2:ACTED_IN]->(n1)
    WITH n1, r2
    ORDER BY r2.fee IS NULL, r2.fee DESC, n1.key, r2.key
    LIMIT $p1
    RETURN [r2.fee, n1.key]
  }]
} AS row
