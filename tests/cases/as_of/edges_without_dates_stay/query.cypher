RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [[COUNT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
  }], COLLECT {
    MATCH (n0)-[r4:MADE_BY]->(n3)
    WITH n3, r4
    ORDER BY n3.key, r4.key, CASE WHEN n3:Person THEN "Person" WHEN n3:Studio THEN "Studio" END
    LIMIT $p2
    RETURN CASE WHEN n3:Person THEN ["Person", n3.key] WHEN n3:Studio THEN ["Studio", n3.key] END
  }]
} AS row
