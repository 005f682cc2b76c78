RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0, COUNT {
    (n0)<-[:ACTED_IN]-()
  } AS n0_0
  WITH n0, n0_0
  ORDER BY n0_0 DESC, n0.key DESC
  LIMIT $p0
  RETURN [n0.key, COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WITH n1, r2
    ORDER BY r2.scenes IS NULL DESC, r2.scenes DESC, n1.key DESC, r2.key DESC
    LIMIT $p1
    RETURN [r2.scenes, n1.key]
  }]
} AS row
