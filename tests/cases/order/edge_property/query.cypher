RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WITH n1, r2
    ORDER BY r2.scenes IS NULL, r2.scenes DESC, n1.key, r2.key
    LIMIT $p1
    RETURN [r2.scenes, n1.key]
  }]
} AS row
