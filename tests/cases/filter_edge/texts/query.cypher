RETURN COLLECT {
  MATCH (n0:Person)
  WHERE (EXISTS {
    MATCH (n0)-[r2:WORKED_FOR]->(n1)
    WHERE $p0 IN r2.duties
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
