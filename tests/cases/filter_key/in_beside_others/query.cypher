RETURN [COLLECT {
  UNWIND $p0 AS k1
  MATCH (n0:Film {key: k1})
  WHERE (n0.genre = $p1) AND (EXISTS {
    MATCH (n0)<-[r3:ACTED_IN]-(n2)
    WHERE n2.key = $p2
  })
  WITH n0
  ORDER BY n0.key
  LIMIT $p3
  RETURN [n0.key]
}, COUNT {
  UNWIND $p0 AS k5
  MATCH (n4:Film {key: k5})
  WHERE (n4.genre = $p1) AND (EXISTS {
    MATCH (n4)<-[r7:ACTED_IN]-(n6)
    WHERE n6.key = $p2
  })
  RETURN n4
}] AS row
