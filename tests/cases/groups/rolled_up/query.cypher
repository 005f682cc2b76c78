WITH COLLECT {
  MATCH (n0:Film), (n0)-[r2:SHOWN_IN]->(n1:City|Land)
  WITH n1, collect(DISTINCT n0) AS ns
  MATCH (n1)-[:LOCATED_IN*0..]->(n3)
  UNWIND ns AS m
  WITH n3.key AS g0, count(DISTINCT m) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
} AS z0
RETURN [z0] AS row
