RETURN COLLECT {
  MATCH (n0:Studio {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:MADE_BY]-(n1)
    WITH n1, r2
    ORDER BY r2.share IS NULL, r2.share DESC, n1.key, r2.key
    LIMIT $p1
    RETURN [n1.key, COLLECT {
      MATCH (n1)-[r4:MADE_BY]->(n3)
      WITH n3, r4
      ORDER BY n3.name_folded, n3.key, r4.key, CASE WHEN n3:Person THEN "Person" WHEN n3:Studio THEN "Studio" END
      LIMIT $p2
      RETURN [r4.share, CASE WHEN n3:Person THEN ["Person", n3.key, n3.name] WHEN n3:Studio THEN ["Studio", n3.key, n3.name] END]
    }]
  }]
} AS row
