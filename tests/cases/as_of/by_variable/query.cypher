RETURN COLLECT {
  MATCH (n0:Studio {key: $p0})
  RETURN [head(COLLECT {
    MATCH (n0)-[r2:SEATED_IN]->(n1)
    WHERE (r2.since_first_day IS NULL OR r2.since_first_day <= $p1) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.key]
  })]
} AS row
