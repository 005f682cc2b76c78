RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (COUNT {
    (n0)<-[:ACTED_IN]-()
  } >= $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, [COUNT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
  }]]
} AS row
