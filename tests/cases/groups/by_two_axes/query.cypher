RETURN [COLLECT {
  MATCH (n0:Film)
  MATCH (n0)-[r2:SHOWN_IN]->(n1)
  WITH n0.genre AS g0, n1.key AS g1, count(DISTINCT n0) AS c
  WITH g0, g1, c
  WHERE (g0 IS NOT NULL) AND (g1 IS NOT NULL)
  ORDER BY g0, g1
  RETURN [g0, g1, c]
}] AS row
