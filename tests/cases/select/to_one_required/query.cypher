RETURN COLLECT {
  MATCH (n0:Award)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, head(COLLECT {
    MATCH (n0)-[r2:HANDED_OUT_IN]->(n1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.name]
  })]
} AS row
