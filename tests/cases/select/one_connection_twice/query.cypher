RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE r2.billing = $p1
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p2
    RETURN [n1.key]
  }, [COLLECT {
    MATCH (n0)<-[r4:ACTED_IN]-(n3)
    WHERE r4.billing = $p3
    WITH n3, r4
    ORDER BY n3.key, r4.key
    LIMIT $p4
    RETURN [n3.key]
  }, COUNT {
    MATCH (n0)<-[r6:ACTED_IN]-(n5)
    WHERE r6.billing = $p3
  }]]
} AS row
