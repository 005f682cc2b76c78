RETURN COLLECT {
  MATCH (n0:Film)
  WHERE ((EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE r2.billing = $p0
  }) AND (size(COLLECT {
    MATCH (n0)<-[r4:ACTED_IN]-(n3)
    WHERE r4.billing = $p1
    RETURN DISTINCT r4
  }) = 1)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key]
} AS row
