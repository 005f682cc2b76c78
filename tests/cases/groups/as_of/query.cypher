WITH COLLECT {
  MATCH (n0:Person), (n0)-[r2:WORKED_FOR]->(n1:Studio)
  WHERE (r2.since_first_day IS NULL OR r2.since_first_day <= $p1) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p1)
  WITH n1, collect(DISTINCT n0) AS ns
  UNWIND ns AS m
  WITH n1.key AS g0, count(DISTINCT m) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
} AS z0
RETURN [z0] AS row
