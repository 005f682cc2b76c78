RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE (NOT coalesce(r2.billing = $p0, false)) AND ((r2.scenes IS NULL) OR (n1.key = $p1))
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p2
  RETURN [n0.key]
} AS row
