RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (NOT coalesce(NOT EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE NOT coalesce(NOT coalesce(r2.credited = $p0, false), false)
  }, false)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
