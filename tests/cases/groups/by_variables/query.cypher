WITH COLLECT {
  MATCH (n0:Film), (n0)-[r2:SHOWN_IN]->(n1:City|Land)
  WITH n1, collect(DISTINCT n0) AS ns
  UNWIND ns AS m
  WITH CASE WHEN n1:City THEN "City" WHEN n1:Land THEN "Land" END + ":" + n1.key AS g0, count(DISTINCT m) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
} AS z0
RETURN [z0] AS row
