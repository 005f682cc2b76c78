RETURN COLLECT {
  MATCH (n0:Person)
  WHERE (EXISTS {
    MATCH (n0)-[r2:WORKED_FOR]->(n1)
    WHERE (COUNT {
      (n1)<-[:MADE_BY]-()
    } > $p0) AND (COUNT {
      (n1)<-[:WORKED_FOR]-()
    } < $p1)
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key]
} AS row
