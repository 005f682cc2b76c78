RETURN COLLECT {
  MATCH (n0:Film)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, [COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [[n1.key, r2.key], [n1.key]]
  }, COUNT {
    MATCH (n0)<-[r4:ACTED_IN]-(n3)
  }]]
} AS row
