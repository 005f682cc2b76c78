RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (n0.rating IS NULL) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, n0.rating]
} AS row
