RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)-[r2:MADE_BY]->(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key, CASE WHEN n1:Person THEN "Person" WHEN n1:Studio THEN "Studio" END
    LIMIT $p1
    RETURN CASE WHEN n1:Person THEN ["Person", n1.key, n1.active, n1.born, n1.name] WHEN n1:Studio THEN ["Studio", n1.key, n1.active, n1.stages, head(COLLECT {
      MATCH (n1)-[r4:SEATED_IN]->(n3)
      WITH n3
      ORDER BY n3.key
      LIMIT 1
      RETURN [n3.key]
    }), n1.name] END
  }]
} AS row
