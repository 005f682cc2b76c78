RETURN [COLLECT {
  MATCH (n0:Film)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
}, COLLECT {
  MATCH (n1:Film)
  WITH n1.genre AS g0, count(DISTINCT n1) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
}] AS row
