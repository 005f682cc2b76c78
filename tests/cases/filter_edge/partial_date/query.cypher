RETURN COLLECT {
  MATCH (n0:Person)
  WHERE (EXISTS {
    MATCH (n0)-[r2:WORKED_FOR]->(n1)
    WHERE (r2.since_last_day >= $p0) AND (r2.until IS NULL)
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
