RETURN [COUNT {
  MATCH (n0:Film)
  WHERE NOT coalesce(n0.minutes IS NULL, false)
}, COLLECT {
  MATCH (n1:Film)
  WHERE NOT coalesce(n1.minutes IS NULL, false)
  MATCH (n1)-[r3:MADE_BY]->(n2)
  WITH n2.key AS g0, count(DISTINCT n1) AS c
  WITH g0, c
  WHERE g0 IS NOT NULL
  ORDER BY g0
  RETURN [g0, c]
}] AS row
