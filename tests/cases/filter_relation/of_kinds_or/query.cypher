RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)-[r2:SHOWN_IN]->(n1)
    WHERE (n1:City AND (n1.population < $p0)) OR (n1:Land AND (n1.area > $p1))
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key]
} AS row
