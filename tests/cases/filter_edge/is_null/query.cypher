RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE r2.fee IS NULL
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
