RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.synthetic, COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [r2.synthetic]
  }]
} AS row
