RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (n0.rating >= $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, n0.rating]
} AS row
