RETURN COLLECT {
  MATCH (n0:Person)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, head(COLLECT {
    MATCH (n0)-[r2:BORN_IN]->(n1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.key, COLLECT {
      MATCH (n1)-[r4:LOCATED_IN]->(n3)
      WITH n3, r4
      ORDER BY n3.key, r4.key
      LIMIT $p1
      RETURN [n3.key]
    }]
  })]
} AS row
