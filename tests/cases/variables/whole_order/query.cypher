RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0, head(COLLECT {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    RETURN n1.name_folded
    LIMIT 1
  }) AS n0_0
  WITH n0, n0_0
  ORDER BY n0_0 IS NULL, n0_0 DESC, n0.minutes IS NULL, n0.minutes, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
