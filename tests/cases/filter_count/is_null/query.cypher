RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (NOT coalesce(COUNT {
    (n0)<-[:ACTED_IN]-()
  } IS NULL, false)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, [COUNT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
  }]]
} AS row
