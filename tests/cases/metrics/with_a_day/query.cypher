RETURN [COLLECT {
  MATCH (n0:Person)
  WHERE ($computed_Person_degree_p2[n0.key] < $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
}, COUNT {
  MATCH (n1:Person)
  WHERE $computed_Person_degree_p2[n1.key] < $p0
}] AS row
