RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0, COUNT {
    (n0)<-[:ACTED_IN]-()
  } AS n0_0
  WITH n0, n0_0
  ORDER BY n0_0 DESC, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
