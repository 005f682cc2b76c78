RETURN COLLECT {
  MATCH (n0:Person)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, [COLLECT {
    MATCH (n0)-[r2:WORKED_FOR]->(n1)
    WHERE (r2.since_first_day IS NULL OR r2.since_first_day <= $p2) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p2)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [r2.since, r2.until, n1.key]
  }, COUNT {
    MATCH (n0)-[r4:WORKED_FOR]->(n3)
    WHERE (r4.since_first_day IS NULL OR r4.since_first_day <= $p2) AND (r4.until_last_day IS NULL OR r4.until_last_day >= $p2)
  }]]
} AS row
