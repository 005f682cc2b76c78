RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0, head(COLLECT {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    RETURN n1.genre
    LIMIT 1
  }) AS n0_0, COUNT {
    (n0)-[:MADE_BY]->()
  } AS n0_1
  WITH n0, n0_0, n0_1
  ORDER BY n0_0 IS NULL, n0_0 DESC, n0_1 DESC, n0.released_first_day IS NULL, n0.released_first_day, n0.released_last_day IS NULL, n0.released_last_day, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
