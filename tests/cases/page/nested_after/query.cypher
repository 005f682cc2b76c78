RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE n1.key >= $p2 AND (n1.key <> $p2 OR (r2.key > $p3))
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [[n1.key, r2.key], [r2.billing, n1.key]]
  }]
} AS row
