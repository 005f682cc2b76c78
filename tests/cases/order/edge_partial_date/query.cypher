RETURN COLLECT {
  MATCH (n0:Studio {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:WORKED_FOR]-(n1)
    WITH n1, r2
    ORDER BY r2.since_first_day IS NULL, r2.since_first_day DESC, r2.since_last_day IS NULL, r2.since_last_day DESC, r2.until_first_day IS NULL, r2.until_first_day, r2.until_last_day IS NULL, r2.until_last_day, n1.key, r2.key
    LIMIT $p1
    RETURN [r2.since, r2.until, n1.key]
  }]
} AS row
