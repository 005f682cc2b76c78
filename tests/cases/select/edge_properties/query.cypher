RETURN COLLECT {
  MATCH (n0:Person)
  WHERE (COUNT {
    (n0)-[:WORKED_FOR]->()
  } > $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, COLLECT {
    MATCH (n0)-[r2:WORKED_FOR]->(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p2
    RETURN [r2.since, r2.until, r2.duties, n1.key]
  }]
} AS row
