RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)-[r2:MADE_BY]->(n1)
    WHERE n1:Studio AND (n1.stages > $p0)
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
