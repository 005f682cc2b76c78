WITH COLLECT {
  MATCH (n0:Film), (n0)-[r2:MADE_BY]->(n1:Person|Studio)
  WHERE NOT coalesce(n0.minutes IS NULL, false)
  WITH n1, collect(DISTINCT n0) AS ns
  UNWIND ns AS m
  WITH CASE WHEN n1:Person THEN "Person" WHEN n1:Studio THEN "Studio" END + ":" + n1.key AS g0, count(DISTINCT m) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
} AS z0
RETURN [COUNT {
  MATCH (n3:Film)
  WHERE NOT coalesce(n3.minutes IS NULL, false)
}, z0] AS row
