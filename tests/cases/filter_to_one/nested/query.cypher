RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    WHERE EXISTS {
      MATCH (n1)-[r4:REMAKE_OF]->(n3)
      WHERE n3.key = $p0
    }
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
