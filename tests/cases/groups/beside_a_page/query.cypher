WITH COLLECT {
  MATCH (n0:Film)
  WITH n0.genre AS a0, collect(DISTINCT n0) AS ns
  UNWIND ns AS m
  WITH a0 AS g0, count(DISTINCT m) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
} AS z0
RETURN [COLLECT {
  MATCH (n1:Film)
  WHERE n1.key IS NOT NULL
  WITH n1
  ORDER BY n1.key
  LIMIT $p0
  RETURN [n1.key]
}, z0] AS row
